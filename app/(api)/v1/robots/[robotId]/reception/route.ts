import { recordChange } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { changeReception, showReception } from '@/lib/http/contract/reception-contracts'
import { presentReception } from '@/lib/http/present-robot'
import { readChangeable } from '@/lib/robot/read-changeable'
import { updateRobot } from '@/lib/robot/update-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showReception, async ({ requireRobot }) => ({ reception: presentReception(requireRobot()) })),
  operation(changeReception, async ({ ctx, who, parameters, requireRobot }) => {
    const { id: robotId } = requireRobot()
    const { welcome_text: welcomeText, handover_in_service: handsOverInService, servicer_id: servicerId } = parameters
    return ctx.db.transaction(async (tx) => {
      const before = await readChangeable(tx, robotId)
      const robot = await updateRobot(tx, { robotId, welcomeText, handsOverInService, servicerId })
      const after = await readChangeable(tx, robotId)
      await recordChange(tx, { ...who, action: 'robot.update', targetId: robotId, before, after })
      return { reception: presentReception(robot) }
    })
  }),
])

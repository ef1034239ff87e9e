import { recordAudit } from '@/lib/audit/record-audit'
import { setAssistantCode } from '@/lib/robot/assistant-code'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { setCompanions } from '@/lib/robot/set-companions'
import { updateRobot } from '@/lib/robot/update-robot'
import { dashboardRoute } from '../../../dashboard-route'
import { assistantForm } from '../../../quns/forms'
import { readAssistant } from '../../../views/assistant'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readAssistant(ctx, ids.robotId))

/** Marks a robot as assistant, names its companions, takes its QR code: what is given of that. */
export const PATCH = dashboardRoute(
  { ids: ['robotId'], body: assistantForm },
  ({ ctx, ids: { robotId }, who, body: { isAssistant, companions, codeBase64 } }) =>
    ctx.db.transaction(async (tx) => {
      await getAnyRobotOrThrow(tx, { robotId })
      await updateRobot(tx, { robotId, isAssistant })
      if (companions) await setCompanions(tx, { robotId, names: companions })
      if (codeBase64) await setAssistantCode(tx, { robotId, bytes: Buffer.from(codeBase64, 'base64') })
      const detail = { isAssistant, companions, hasNewCode: codeBase64 !== undefined }
      await recordAudit(tx, { ...who, action: 'robot.update', targetId: robotId, detail })
    }),
)

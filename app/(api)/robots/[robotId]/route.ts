import { recordAudit } from '@/lib/audit/record-audit'
import { deleteRobot } from '@/lib/actions/delete-robot'
import { apiRoute, operation } from '@/lib/http/api-route'
import { removeRobot, showRobot } from '@/lib/http/contract/robot-contracts'
import { presentRobot, presentRobotDetail } from '@/lib/http/present-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(showRobot, async ({ requireRobot }) => ({ robot: presentRobotDetail(requireRobot()) })),
  operation(removeRobot, async ({ ctx, caller, who, requireRobot }) => {
    const { applicationId } = caller
    const robot = requireRobot()
    const detail = { username: robot.username, applicationId }
    await deleteRobot(ctx, { robotId: robot.id, actor: who.actor }, (tx) =>
      recordAudit(tx, { ...who, action: 'robot.delete', targetId: robot.id, detail }),
    )
    return { robot: presentRobot({ ...robot, status: 'offline' }) }
  }),
])

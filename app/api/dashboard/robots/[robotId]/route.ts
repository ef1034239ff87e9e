import { recordAudit } from '@/lib/audit/record-audit'
import { deleteRobot } from '@/lib/gateway/delete-robot'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { updateRobot } from '@/lib/robot/update-robot'
import { refreshBindings } from '@/lib/room/refresh-bindings'
import { dashboardRoute } from '../../dashboard-route'
import { agentIdForm } from '../../forms'
import { readRobot } from '../../views/robots'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readRobot(ctx, ids.robotId))

export const PATCH = dashboardRoute(
  { ids: ['robotId'], body: agentIdForm },
  ({ ctx, ids: { robotId }, who, body: { agentId } }) =>
    ctx.db.transaction(async (tx) => {
      await getAnyRobotOrThrow(tx, { robotId })
      await updateRobot(tx, { robotId, agentId })
      await refreshBindings(tx, { robotId })
      await recordAudit(tx, { ...who, action: 'robot.update', targetId: robotId, detail: { agentId } })
    }),
)

export const DELETE = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  const robot = await getAnyRobotOrThrow(ctx.db, { robotId })
  const detail = { username: robot.username, applicationId: robot.applicationId }
  await deleteRobot(ctx, { robotId, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'robot.delete', targetId: robotId, detail }),
  )
})

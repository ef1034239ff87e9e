import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { changeNotifiedRooms } from '@/lib/callback/notified-rooms'
import { deleteRobot } from '@/lib/actions/delete-robot'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { readChangeable } from '@/lib/robot/read-changeable'
import { updateRobot } from '@/lib/robot/update-robot'
import { refreshBindings } from '@/lib/room/refresh-bindings'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { agentIdForm } from '@/lib/dashboard/robot/form'
import { readRobot } from '@/lib/dashboard/robot/detail'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readRobot(ctx, ids.robotId))

export const PATCH = dashboardRoute(
  { ids: ['robotId'], body: agentIdForm },
  ({ ctx, ids: { robotId }, who, body: { agentId, isConfirmed } }) =>
    ctx.db.transaction(async (tx) => {
      const before = await readChangeable(tx, robotId)
      await changeNotifiedRooms(tx, { robotId, isConfirmed }, async () => {
        await updateRobot(tx, { robotId, agentId })
        await refreshBindings(tx, { robotId })
      })
      await recordChange(tx, { ...who, action: 'robot.update', targetId: robotId, before, after: { agentId } })
    }),
)

export const DELETE = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  const robot = await getAnyRobotOrThrow(ctx.db, { robotId })
  const detail = { username: robot.username, applicationId: robot.applicationId }
  await deleteRobot(ctx, { robotId, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'robot.delete', targetId: robotId, detail }),
  )
})

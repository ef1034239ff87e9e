import { recordAudit } from '@/lib/audit/record-audit'
import { syncRooms } from '@/lib/actions/sync-rooms'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { countRoomChanges, listRoomNames } from '@/lib/room/list-room-names'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

/** Requests the rooms from WeChat and returns the number of changes. */
export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  const before = await listRoomNames(ctx.db, { robotId })
  await syncRooms(ctx, { robotId, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'robot.sync', targetId: robotId }),
  )
  return countRoomChanges(before, await listRoomNames(ctx.db, { robotId }))
})

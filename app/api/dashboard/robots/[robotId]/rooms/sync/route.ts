import { syncRoomsAndWait } from '@/lib/gateway/sync-rooms-and-wait'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { countRoomChanges, listRoomNames } from '@/lib/room/list-room-names'
import { dashboardRoute } from '../../../../dashboard-route'

/** Asks WeChat for the rooms and tells what has changed. */
export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  const before = await listRoomNames(ctx.db, { robotId })
  await syncRoomsAndWait(ctx, { robotId, actor: who.actor })
  return countRoomChanges(before, await listRoomNames(ctx.db, { robotId }))
})

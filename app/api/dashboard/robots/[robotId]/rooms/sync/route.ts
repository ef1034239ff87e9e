import { syncRoomsAndWait } from '@/lib/gateway/sync-rooms-and-wait'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '../../../../dashboard-route'
import { readRooms } from '../../../../views/rooms'

export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  await syncRoomsAndWait(ctx, { robotId, actor: who.actor })
  return readRooms(ctx, robotId)
})

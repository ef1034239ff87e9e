import { syncRoomsAndWait } from '@/lib/gateway/sync-rooms-and-wait'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '../../../../dashboard-route'
import { readRooms } from '../../../../views/rooms'

export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId } }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  await syncRoomsAndWait(ctx, { robotId })
  return readRooms(ctx, robotId)
})

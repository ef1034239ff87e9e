import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readRooms, roomListQuery } from '@/lib/dashboard/room/list'

export const GET = dashboardRoute({ ids: ['robotId'], query: roomListQuery }, ({ ctx, ids, query }) =>
  readRooms(ctx, ids.robotId, query),
)

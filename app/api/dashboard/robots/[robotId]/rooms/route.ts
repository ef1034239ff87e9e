import { dashboardRoute } from '../../../dashboard-route'
import { readRooms, roomListQuery } from '../../../views/rooms'

export const GET = dashboardRoute({ ids: ['robotId'], query: roomListQuery }, ({ ctx, ids, query }) =>
  readRooms(ctx, ids.robotId, query),
)

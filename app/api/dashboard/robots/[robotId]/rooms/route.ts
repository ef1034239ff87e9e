import { dashboardRoute } from '../../../dashboard-route'
import { readRooms } from '../../../views/rooms'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readRooms(ctx, ids.robotId))

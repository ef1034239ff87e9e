import { dashboardRoute } from '../../dashboard-route'
import { readCallback } from '../../views/callbacks'

export const GET = dashboardRoute({ ids: ['eventId'] }, ({ ctx, ids }) => readCallback(ctx, ids.eventId))

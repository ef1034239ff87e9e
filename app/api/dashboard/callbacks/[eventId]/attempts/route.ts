import { dashboardRoute } from '../../../dashboard-route'
import { readAttempts } from '../../../views/callbacks'

export const GET = dashboardRoute({ ids: ['eventId'] }, ({ ctx, ids }) => readAttempts(ctx, ids.eventId))

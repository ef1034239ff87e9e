import { dashboardRoute } from '../dashboard-route'
import { callbackListQuery, readCallbacks } from '../views/callbacks'

export const GET = dashboardRoute({ query: callbackListQuery }, ({ ctx, query }) => readCallbacks(ctx, query))

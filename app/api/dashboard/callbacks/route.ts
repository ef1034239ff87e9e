import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { callbackListQuery, readCallbacks } from '@/lib/dashboard/callback/list'

export const GET = dashboardRoute({ query: callbackListQuery }, ({ ctx, query }) => readCallbacks(ctx, query))

import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { endpointListQuery, readEndpointHealth } from '@/lib/dashboard/callback/endpoints'

export const GET = dashboardRoute({ query: endpointListQuery }, ({ ctx, query }) => readEndpointHealth(ctx, query))

import { dashboardRoute } from '../../dashboard-route'
import { endpointListQuery, readEndpointHealth } from '../../views/endpoint-health'

export const GET = dashboardRoute({ query: endpointListQuery }, ({ ctx, query }) => readEndpointHealth(ctx, query))

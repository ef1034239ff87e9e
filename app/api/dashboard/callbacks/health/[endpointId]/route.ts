import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { figureQuery } from '@/lib/dashboard/overview/figure-query'
import { readEndpoint } from '@/lib/dashboard/callback/endpoints'

export const GET = dashboardRoute({ ids: ['endpointId'], query: figureQuery }, ({ ctx, ids, query }) =>
  readEndpoint(ctx, ids.endpointId, query),
)

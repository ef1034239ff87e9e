import { dashboardRoute } from '../../../dashboard-route'
import { figureQuery } from '../../../figure-query'
import { readEndpoint } from '../../../views/endpoint-health'

export const GET = dashboardRoute({ ids: ['applicationId'], query: figureQuery }, ({ ctx, ids, query }) =>
  readEndpoint(ctx, ids.applicationId, query),
)

import { dashboardRoute } from '../../../dashboard-route'
import { figureQuery } from '../../../figure-query'
import { readArrivals } from '../../../views/quns'

export const GET = dashboardRoute(
  { ids: ['qunId'], query: figureQuery.pick({ timeZone: true }) },
  ({ ctx, ids, query }) => readArrivals(ctx, ids.qunId, query.timeZone),
)

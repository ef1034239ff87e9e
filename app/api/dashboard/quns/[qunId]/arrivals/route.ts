import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { figureQuery } from '@/lib/dashboard/overview/figure-query'
import { readArrivals } from '@/lib/dashboard/qun/detail'

export const GET = dashboardRoute(
  { ids: ['qunId'], query: figureQuery.pick({ timeZone: true }) },
  ({ ctx, ids, query }) => readArrivals(ctx, ids.qunId, query.timeZone),
)

import { dashboardRoute } from '../dashboard-route'
import { figureQuery } from '../figure-query'
import { readMetricsView } from '../views/metrics'

export const GET = dashboardRoute({ query: figureQuery }, ({ ctx, query }) => readMetricsView(ctx, query))

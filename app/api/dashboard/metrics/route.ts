import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { figureQuery } from '@/lib/dashboard/overview/figure-query'
import { readMetricsView } from '@/lib/dashboard/overview/metrics'

export const GET = dashboardRoute({ query: figureQuery }, ({ ctx, query }) => readMetricsView(ctx, query))

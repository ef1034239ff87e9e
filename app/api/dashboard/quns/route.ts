import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { qunListQuery, readQuns } from '@/lib/dashboard/qun/list'

export const GET = dashboardRoute({ query: qunListQuery }, ({ ctx, query }) => readQuns(ctx, query))

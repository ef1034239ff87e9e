import { dashboardRoute } from '../dashboard-route'
import { qunListQuery, readQuns } from '../views/quns'

export const GET = dashboardRoute({ query: qunListQuery }, ({ ctx, query }) => readQuns(ctx, query))

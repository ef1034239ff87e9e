import { dashboardRoute } from '../dashboard-route'
import { readOverview } from '../views/overview'

export const GET = dashboardRoute({}, ({ ctx }) => readOverview(ctx))

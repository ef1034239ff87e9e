import { dashboardRoute } from '../dashboard-route'
import { readQuns } from '../views/quns'

export const GET = dashboardRoute({}, ({ ctx }) => readQuns(ctx))

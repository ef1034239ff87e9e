import { dashboardRoute } from '../dashboard-route'
import { readSystem } from '../views/system'

export const GET = dashboardRoute({}, ({ ctx }) => readSystem(ctx))

import { dashboardRoute } from '../../dashboard-route'
import { readEndpoints } from '../../views/endpoints'

export const GET = dashboardRoute({}, ({ ctx }) => readEndpoints(ctx))

import { dashboardRoute } from '../../dashboard-route'
import { readApplicationNames } from '../../views/applications'

export const GET = dashboardRoute({}, ({ ctx }) => readApplicationNames(ctx))

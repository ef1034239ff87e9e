import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readFailingEndpoints } from '@/lib/dashboard/callback/endpoints'

export const GET = dashboardRoute({}, ({ ctx }) => readFailingEndpoints(ctx))

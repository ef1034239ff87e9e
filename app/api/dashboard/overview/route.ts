import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readOverview } from '@/lib/dashboard/overview/overview'

export const GET = dashboardRoute({}, ({ ctx }) => readOverview(ctx))

import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readSystem } from '@/lib/dashboard/system'

export const GET = dashboardRoute({}, ({ ctx }) => readSystem(ctx))

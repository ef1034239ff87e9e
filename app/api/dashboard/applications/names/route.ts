import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readApplicationNames } from '@/lib/dashboard/application/list'

export const GET = dashboardRoute({}, ({ ctx }) => readApplicationNames(ctx))

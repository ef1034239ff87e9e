import { readWaiting } from '@/lib/dashboard/conversation/list'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute({}, ({ ctx }) => readWaiting(ctx))

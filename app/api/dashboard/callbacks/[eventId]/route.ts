import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readCallback } from '@/lib/dashboard/callback/detail'

export const GET = dashboardRoute({ ids: ['eventId'] }, ({ ctx, ids }) => readCallback(ctx, ids.eventId))

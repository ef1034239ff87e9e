import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readAmbiguities } from '@/lib/dashboard/room/ambiguities'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readAmbiguities(ctx, ids.robotId))

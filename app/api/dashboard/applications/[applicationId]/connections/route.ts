import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readConnections } from '@/lib/dashboard/robot/connections'

export const GET = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, ids }) => readConnections(ctx, ids.applicationId))

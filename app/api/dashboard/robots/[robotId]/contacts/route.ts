import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readContacts } from '@/lib/dashboard/robot/contacts'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readContacts(ctx, ids.robotId))

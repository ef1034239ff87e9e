import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readMessage } from '@/lib/dashboard/message/detail'

export const GET = dashboardRoute({ ids: ['robotId', 'messageId'] }, ({ ctx, ids }) => readMessage(ctx, ids))

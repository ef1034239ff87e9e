import { dashboardRoute } from '../../../../dashboard-route'
import { readMessage } from '../../../../views/messages'

export const GET = dashboardRoute({ ids: ['robotId', 'messageId'] }, ({ ctx, ids }) => readMessage(ctx, ids))

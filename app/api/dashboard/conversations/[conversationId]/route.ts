import { readConversation } from '@/lib/dashboard/conversation/list'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute({ ids: ['conversationId'] }, ({ ctx, ids }) =>
  readConversation(ctx, ids.conversationId),
)

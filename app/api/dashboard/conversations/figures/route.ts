import { conversationFigureQuery, readConversationFiguresView } from '@/lib/dashboard/conversation/figures'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute({ query: conversationFigureQuery }, ({ ctx, query }) =>
  readConversationFiguresView(ctx, query),
)

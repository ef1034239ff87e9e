import { conversationListQuery, readConversations } from '@/lib/dashboard/conversation/list'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute({ query: conversationListQuery }, ({ ctx, query }) => readConversations(ctx, query))

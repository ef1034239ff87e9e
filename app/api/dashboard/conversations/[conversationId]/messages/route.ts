import { reply } from '@/lib/dashboard/conversation/change'
import { replyForm } from '@/lib/dashboard/conversation/form'
import { conversationMessagesQuery, readConversationMessages } from '@/lib/dashboard/conversation/messages'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute(
  { ids: ['conversationId'], query: conversationMessagesQuery },
  ({ ctx, ids, query }) => readConversationMessages(ctx, ids.conversationId, query),
)

export const POST = dashboardRoute({ ids: ['conversationId'], body: replyForm }, ({ ctx, ids, body }) =>
  reply(ctx, ids.conversationId, body),
)

import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { apiRoute, operation } from '@/lib/http/api-route'
import { showConversation } from '@/lib/http/contract/conversation-contracts'
import { presentConversation } from '@/lib/http/present-conversation'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showConversation, async ({ ctx, caller: { applicationId }, path }) => {
    const row = await getConversationOrThrow(ctx.db, { applicationId, conversationId: path('conversationId') })
    return { conversation: presentConversation(row) }
  }),
])

import { reopenConversation } from '@/lib/conversation/reopen-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { apiRoute, operation } from '@/lib/http/api-route'
import { reopenConversation as contract } from '@/lib/http/contract/conversation-change-contracts'
import { presentConversation } from '@/lib/http/present-conversation'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx: { db }, caller: { applicationId }, path }) => {
    const { id: conversationId } = await getConversationOrThrow(db, {
      applicationId,
      conversationId: path('conversationId'),
    })
    await db.transaction((tx) => reopenConversation(tx, { conversationId, operatorId: null }))
    return { conversation: presentConversation(await getConversationOrThrow(db, { conversationId })) }
  }),
])

import { requestHandover } from '@/lib/conversation/request-handover'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { apiRoute, operation } from '@/lib/http/api-route'
import { requestConversationHandover as contract } from '@/lib/http/contract/conversation-change-contracts'
import { presentConversation } from '@/lib/http/present-conversation'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx: { db }, caller: { applicationId }, parameters, path }) => {
    const { id: conversationId } = await getConversationOrThrow(db, {
      applicationId,
      conversationId: path('conversationId'),
    })
    const reason = { source: 'api', text: parameters.reason } as const
    await db.transaction((tx) => requestHandover(tx, { id: conversationId }, reason))
    return { conversation: presentConversation(await getConversationOrThrow(db, { conversationId })) }
  }),
])

import { assignConversation } from '@/lib/conversation/assign-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { releaseConversation } from '@/lib/conversation/release-conversation'
import { AppError } from '@/lib/errors'
import { apiRoute, operation } from '@/lib/http/api-route'
import { assignConversation as contract } from '@/lib/http/contract/conversation-change-contracts'
import { presentConversation } from '@/lib/http/present-conversation'
import { getOperatorByEmailOrThrow } from '@/lib/operator/list-operators'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx: { db }, caller: { applicationId }, parameters, path }) => {
    const { id: conversationId } = await getConversationOrThrow(db, {
      applicationId,
      conversationId: path('conversationId'),
    })
    const change = { conversationId, operatorId: null }
    const { operator: email } = parameters
    await db.transaction(async (tx) => {
      if (email === null) {
        if (await releaseConversation(tx, change)) return
        throw new AppError('ILLEGAL_ACTION', { reason: 'conversation_not_assigned', parameter: 'operator' })
      }
      const { id: assigneeId } = await getOperatorByEmailOrThrow(tx, { email })
      await assignConversation(tx, { ...change, assigneeId })
    })
    return { conversation: presentConversation(await getConversationOrThrow(db, { conversationId })) }
  }),
])

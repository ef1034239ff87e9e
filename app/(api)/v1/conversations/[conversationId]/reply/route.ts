import { replyInConversation } from '@/lib/actions/reply-in-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { apiRoute, operation } from '@/lib/http/api-route'
import { replyInConversation as contract } from '@/lib/http/contract/conversation-change-contracts'
import { readContent } from '@/lib/http/read-content'
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, request, parameters, path }) => {
    const idempotencyKey = readIdempotencyKey(request)
    const conversation = await getConversationOrThrow(ctx.db, { applicationId, conversationId: path('conversationId') })
    const content = await readContent(parameters, { publicUrl: ctx.env.PUBLIC_URL })
    const sent = await replyInConversation(ctx, conversation, { ...content, idempotencyKey })
    return { message_id: sent.messageId }
  }),
])

import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { listConversationMessages } from '@/lib/conversation/list-conversation-messages'
import { apiRoute, operation } from '@/lib/http/api-route'
import { listConversationMessages as contract } from '@/lib/http/contract/conversation-contracts'
import { presentMessage } from '@/lib/http/present-message'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, parameters, path }) => {
    const { cursor: beforeSequence, limit } = parameters
    const row = await getConversationOrThrow(ctx.db, { applicationId, conversationId: path('conversationId') })
    const messages = await listConversationMessages(ctx.db, row, { beforeSequence, limit: limit + 1 })
    const page = messages.slice(0, limit)
    const next = messages.length > limit ? String(page.at(-1)?.sequence) : null
    return { messages: page.map(presentMessage), next_cursor: next }
  }),
])

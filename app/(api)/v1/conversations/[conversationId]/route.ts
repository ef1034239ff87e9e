import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { apiRoute, operation } from '@/lib/http/api-route'
import { showConversation } from '@/lib/http/contract/conversation-contracts'
import { presentConversationDetail } from '@/lib/http/present-conversation'
import { readReplyWindow } from '@/lib/message/reply-window'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showConversation, async ({ ctx, caller: { applicationId }, path }) => {
    const row = await getConversationOrThrow(ctx.db, { applicationId, conversationId: path('conversationId') })
    const { robotId, connection, peerUsername, roomId } = row
    const window =
      roomId === null && peerUsername ? await readReplyWindow(ctx.db, { robotId, connection, peerUsername }) : null
    return { conversation: presentConversationDetail(row, window) }
  }),
])

import { replyInConversation } from '@/lib/actions/reply-in-conversation'
import { recordAudit } from '@/lib/audit/record-audit'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import type { Db } from '@/lib/db/client'
import { readSent, withGateway } from '@/cli/robot-actions'

export type ReplyOptions = {
  conversation: string
  text?: string
  image?: string
  file?: string
  idempotencyKey?: string
}

/** Sends a reply in a conversation and waits until WeChat accepted or refused it; the state of the conversation stays. */
export async function replyTo(db: Db, options: ReplyOptions): Promise<{ messageId: string }> {
  const { conversation: conversationId, idempotencyKey = null } = options
  const conversation = await getConversationOrThrow(db, { conversationId })
  return withGateway(db, async (ctx) => {
    const content = await readSent(options, { publicUrl: ctx.env.PUBLIC_URL })
    const sent = await replyInConversation(ctx, conversation, { ...content, idempotencyKey })
    const detail = { robotId: conversation.robotId, conversationId }
    await recordAudit(db, { actor: 'cli', action: 'message.send', targetId: sent.messageId, detail })
    return sent
  })
}

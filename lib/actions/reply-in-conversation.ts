import type { ActionContext } from '@/lib/actions/action-context'
import { sendMessage, enqueueMessage } from '@/lib/actions/send-message'
import { assignConversation } from '@/lib/conversation/assign-conversation'
import { type ConversationRow } from '@/lib/conversation/list-conversations'
import { markConversationRead } from '@/lib/conversation/mark-conversation-read'
import type { Tx } from '@/lib/db/client'
import type { MessageInput } from '@/lib/message/accept-message'

type Conversation = Pick<ConversationRow, 'id' | 'robotId' | 'roomId' | 'peerUsername'>
type Reply = Pick<MessageInput, 'type' | 'content' | 'upload' | 'idempotencyKey'>

/** Time in which a reply of an operator, who sees its state, must start. */
const operatorTimeoutMs = 120_000

/** Sends a reply for the API and waits for WeChat. @throws what `sendMessage` throws. Spec: F5 (API and command line). */
export async function replyInConversation(
  ctx: ActionContext,
  conversation: Conversation,
  reply: Reply,
): Promise<{ messageId: string }> {
  return sendMessage(ctx, { ...toSend(conversation), ...reply }, (tx) =>
    markConversationRead(tx, { conversationId: conversation.id }),
  )
}

/**
 * Accepts a reply of an operator and returns at once; its row shows the outcome. The operator takes the conversation, unless a colleague
 * has it, so that automatic replies pause. `record` runs in the transaction that accepts the message.
 * @throws what `acceptMessage` throws
 */
export async function replyAsOperator(
  ctx: ActionContext,
  conversation: Conversation,
  { operatorId, ...reply }: Reply & { operatorId: string },
  record: (tx: Tx, messageId: string) => Promise<void>,
): Promise<{ messageId: string }> {
  const { id: conversationId } = conversation
  const send = { ...toSend(conversation), ...reply, timeoutMs: operatorTimeoutMs }
  return enqueueMessage(
    ctx,
    { ...send, reply: { source: 'operator', reason: { operatorId } } },
    async (tx, messageId) => {
      await assignConversation(tx, { conversationId, operatorId, assigneeId: operatorId, isTakenKept: true })
      await markConversationRead(tx, { conversationId })
      await record(tx, messageId)
    },
  )
}

function toSend({ robotId, roomId, peerUsername }: Conversation) {
  return { robotId, toUser: roomId ?? peerUsername ?? '' }
}

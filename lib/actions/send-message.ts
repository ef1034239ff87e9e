import type { Tx } from '@/lib/db/client'
import { AppError, errorOf } from '@/lib/errors'
import { acceptMessage, type MessageInput } from '@/lib/message/accept-message'
import { cancelQueuedMessage } from '@/lib/message/cancel-message'
import type { ActionContext } from '@/lib/actions/action-context'
import { replyError } from '@/lib/actions/reply-error'

/** Default time that a send waits for WeChat's response. */
const sendTimeoutMs = 30_000
/** Grace period for a result that arrives at the deadline. */
const graceMs = 300

type Send = Omit<MessageInput, 'timeoutMs'> & { timeoutMs?: number }

/**
 * Sends a message and waits until WeChat accepts it, by default a maximum of 30 seconds.
 * At the deadline a queued message is cancelled, so it is never sent; for one being sent the call throws OUTCOME_UNKNOWN, and its row
 * shows the outcome later. `record` runs in the transaction that accepts the message.
 * @throws what `acceptMessage` throws; WeChat's refusal; COMMAND_TIMEOUT or WECHAT_UNREACHABLE if it never left.
 * Spec: 发送消息, G1 (send at most once), A11 (send).
 */
export async function sendMessage(
  ctx: ActionContext,
  input: Send,
  record: (tx: Tx, messageId: string) => Promise<void> = async () => {},
): Promise<{ messageId: string }> {
  const send = { ...input, timeoutMs: input.timeoutMs ?? sendTimeoutMs }
  const { messageId, isRepeat } = await ctx.db.transaction(async (tx) => {
    const accepted = await acceptMessage(tx, send)
    if (!accepted.isRepeat) await record(tx, accepted.messageId)
    return accepted
  })
  const reply = await ctx.replies.wait(messageId, send.timeoutMs, { isNew: !isRepeat })
  // A repeated request must not cancel the message of the first one, whose deadline may be later.
  const cancelled = reply ? null : await cancelQueuedMessage(ctx.db, { messageId, isOverdue: isRepeat })
  if (cancelled) throw errorOf(cancelled.code, cancelled.sentence)
  const end = reply ?? (await ctx.replies.wait(messageId, graceMs))
  if (!end) throw new AppError('OUTCOME_UNKNOWN', { reason: 'maybe_sent' })
  if (end.state !== 'sent') throw replyError(end)
  return { messageId }
}

/**
 * Accepts a message and returns at once; its row shows the outcome. `record` runs in the transaction that accepts the message.
 * @throws what `acceptMessage` throws. Spec: A11 (send).
 */
export async function enqueueMessage(
  ctx: ActionContext,
  input: MessageInput,
  record: (tx: Tx, messageId: string) => Promise<void> = async () => {},
): Promise<{ messageId: string }> {
  return ctx.db.transaction(async (tx) => {
    const { messageId, isRepeat } = await acceptMessage(tx, input)
    if (!isRepeat) await record(tx, messageId)
    return { messageId }
  })
}

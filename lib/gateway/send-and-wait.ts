import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { acceptMessage } from '@/lib/message/accept-message'
import { cancelQueuedMessage } from '@/lib/message/cancel-message'
import { wakeRobot } from '@/lib/queue/wake'
import type { GatewayContext } from './gateway-context'
import { replyError } from './reply-error'

/** How long a send waits for WeChat's word. */
const sendTimeoutMs = 30_000
/** For an end that came just when the time was up. */
const lastLookMs = 300

type Send = {
  robotId: string
  toUser: string
  type: 'text' | 'image'
  content: string
  timeoutMs?: number
  idempotencyKey?: string | null
}

/**
 * Sends a message and waits until WeChat took it, at most 30 s unless told.
 * At the deadline a message still queued is cancelled, so it is never sent; one under way is OUTCOME_UNKNOWN, its row tells later.
 * `record` is written with what is accepted, whatever becomes of it.
 * @throws what `acceptMessage` throws; WeChat's refusal; COMMAND_TIMEOUT or WECHAT_UNREACHABLE when it never left. Spec: 发送消息, G1, A11.
 */
export async function sendAndWait(
  ctx: GatewayContext,
  input: Send,
  record: (tx: Tx, messageId: string) => Promise<void> = async () => {},
): Promise<{ messageId: string }> {
  const send = { ...input, timeoutMs: input.timeoutMs ?? sendTimeoutMs }
  const { messageId, isRepeat } = await ctx.db.transaction(async (tx) => {
    const accepted = await acceptMessage(tx, send)
    if (!accepted.isRepeat) await record(tx, accepted.messageId)
    return accepted
  })
  await wakeRobot(ctx, send.robotId)
  const reply = await ctx.replies.wait(messageId, send.timeoutMs)
  // A repeat leaves the message to whoever had it accepted, whose deadline may be a later one.
  const cancelled = reply ? null : await cancelQueuedMessage(ctx.db, { messageId, isOverdue: isRepeat })
  if (cancelled) throw new AppError(cancelled.code, cancelled.message)
  const end = reply ?? (await ctx.replies.wait(messageId, lastLookMs))
  if (!end) throw new AppError('OUTCOME_UNKNOWN', '消息可能已经发出，尚未得到微信的答复')
  if (end.state !== 'sent') throw replyError(end)
  return { messageId }
}

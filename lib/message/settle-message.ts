import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { type Failure, failWith } from '@/lib/errors'
import { errorColumns } from '@/lib/db/reason-columns'
import type { Tx } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import type { ErrorCode } from '@/lib/error-codes'
import { replyChannel } from '@/lib/queue/reply'
import { startCooldown } from '@/lib/robot/cooldown'
import { wechatResponseMs } from '@/lib/message/expected-wait'

export type Refusal = { state: 'refused' } & Failure
export type MessageResult = { state: 'sent'; wechatId: string | null } | Refusal | ({ state: 'unknown' } & Failure)

type OpenState = 'queued' | 'sending'

/** Records the result of the message that was being sent and notifies the waiting request. */
export async function settleMessage(tx: Tx, messageId: string, result: MessageResult): Promise<void> {
  await settleIfSending(tx, messageId, result)
}

/** Does the same, and returns whether the message was still being sent. */
export async function settleIfSending(tx: Tx, messageId: string, result: MessageResult): Promise<boolean> {
  return (await settle(tx, eq(messages.id, messageId), ['sending'], result)) > 0
}

/** Refuses a queued message that cannot be sent. */
export async function refuseQueuedMessage(tx: Tx, messageId: string, result: Refusal): Promise<void> {
  await settle(tx, eq(messages.id, messageId), ['queued'], result)
}

/** Refuses all queued messages of a robot because its session has ended. */
export async function refuseQueuedMessages(tx: Tx, { robotId }: { robotId: string }, result: Refusal): Promise<void> {
  await settle(tx, eq(messages.robotId, robotId), ['queued'], result)
}

/** Refuses the queued messages of a robot whose deadline is before `notBefore`. */
async function refuseQueuedMessagesDueBefore(
  tx: Tx,
  { robotId, notBefore }: { robotId: string; notBefore: Date },
  result: Refusal,
): Promise<void> {
  await settle(tx, and(eq(messages.robotId, robotId), lt(messages.deadlineAt, notBefore)), ['queued'], result)
}

const interrupted = { state: 'unknown', ...failWith('OUTCOME_UNKNOWN', 'interrupted') } as const

/** Marks the message that a lost owner was sending as `unknown`: it may have arrived and is never sent again (G1). */
export async function settleInterrupted(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await settle(tx, eq(messages.robotId, robotId), ['sending'], interrupted)
}

/** Marks welcome texts that were being sent as `unknown`, because the session that would have recorded their outcome has ended. */
export async function settleWelcomes(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await settle(tx, and(eq(messages.robotId, robotId), eq(messages.replySource, 'welcome')), ['sending'], interrupted)
}

/** Requeues a message that provably never left, or that WeChat refused with 1205; `code` is the error if its deadline passes (G1). */
export async function requeueMessage(tx: Tx, { messageId, code }: { messageId: string; code: ErrorCode | null }) {
  await tx
    .update(messages)
    .set({ state: 'queued', errorCode: code })
    .where(and(eq(messages.id, messageId), eq(messages.state, 'sending')))
}

/** Returns the number of messages. */
async function settle(
  tx: Tx,
  where: ReturnType<typeof and>,
  from: OpenState[],
  result: MessageResult,
): Promise<number> {
  const outcome =
    result.state === 'sent'
      ? { state: result.state, wechatId: result.wechatId, errorCode: null }
      : { state: result.state, errorCode: result.code, ...errorColumns(result.sentence) }
  const settled = await tx
    .update(messages)
    .set({ ...outcome, finishedAt: sql`clock_timestamp()` })
    .where(and(where, inArray(messages.state, from)))
    .returning({ announced: sql`pg_notify(${replyChannel}, ${messages.id})` })
  return settled.length
}

/**
 * Requeues a message that WeChat refused with 1205 in its previous position and starts a cooldown. Messages that can no longer be sent
 * before their deadline are refused at once. Only for the owner. Spec: G1 (send at most once), A11 (send).
 */
export async function deferSends(
  tx: Tx,
  { robotId, messageId }: { robotId: string; messageId: string },
  refusal: Refusal,
): Promise<void> {
  await requeueMessage(tx, { messageId, code: refusal.code })
  const until = await startCooldown(tx, { robotId, operation: 'send' })
  const notBefore = new Date(until.getTime() + wechatResponseMs)
  await refuseQueuedMessagesDueBefore(tx, { robotId, notBefore }, refusal)
}

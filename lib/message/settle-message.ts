import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { messages } from '../db/schema/message'
import type { ErrorCode } from '../errors'
import { announceReply } from '../queue/reply'

export type Refusal = { state: 'refused'; code: ErrorCode; message: string }
export type MessageEnd =
  { state: 'sent'; wechatId: string | null } | Refusal | { state: 'unknown'; code: ErrorCode; message: string }

type Open = 'queued' | 'sending'

/** Ends the message that was being sent and tells whoever waits for it. */
export async function settleMessage(tx: Tx, messageId: string, end: MessageEnd): Promise<void> {
  await settle(tx, eq(messages.id, messageId), ['sending'], end)
}

/** Ends a message before it was sent: it cannot be. */
export async function refuseQueuedMessage(tx: Tx, messageId: string, end: Refusal): Promise<void> {
  await settle(tx, eq(messages.id, messageId), ['queued'], end)
}

/** Ends every waiting message of a robot alike: its session is gone. */
export async function refuseQueuedMessages(tx: Tx, { robotId }: { robotId: string }, end: Refusal): Promise<void> {
  await settle(tx, eq(messages.robotId, robotId), ['queued'], end)
}

/** Ends the waiting messages of a robot whose deadline comes before `notBefore`. */
export async function refuseQueuedMessagesDueBefore(
  tx: Tx,
  { robotId, notBefore }: { robotId: string; notBefore: Date },
  end: Refusal,
): Promise<void> {
  await settle(tx, and(eq(messages.robotId, robotId), lt(messages.deadlineAt, notBefore)), ['queued'], end)
}

/** What an owner that is gone was sending may have arrived: `unknown`, never sent again (G1). */
export async function settleInterrupted(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const message = '发送时进程中断，结果未知'
  await settle(tx, eq(messages.robotId, robotId), ['sending'], { state: 'unknown', code: 'OUTCOME_UNKNOWN', message })
}

/** Lets a message wait again that provably never left or that WeChat would not take yet; `code` is why, should its deadline pass (G1). */
export async function putMessageBack(tx: Tx, { messageId, code }: { messageId: string; code: ErrorCode | null }) {
  await tx
    .update(messages)
    .set({ state: 'queued', errorCode: code })
    .where(and(eq(messages.id, messageId), eq(messages.state, 'sending')))
}

async function settle(tx: Tx, which: ReturnType<typeof and>, from: Open[], end: MessageEnd): Promise<void> {
  const outcome =
    end.state === 'sent'
      ? { state: end.state, wechatId: end.wechatId, errorCode: null }
      : { state: end.state, errorCode: end.code, errorMessage: end.message }
  const ended = await tx
    .update(messages)
    .set({ ...outcome, finishedAt: sql`clock_timestamp()` })
    .where(and(which, inArray(messages.state, from)))
    .returning({ id: messages.id })
  for (const { id } of ended) await announceReply(tx, id)
}

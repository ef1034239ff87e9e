import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { messages } from '@/lib/db/schema/message'
import { sessions } from '@/lib/db/schema/session'
import { type Failure, failWith } from '@/lib/errors'
import { contractText } from '@/lib/sentence'
import { announceReply } from '@/lib/queue/reply'

/**
 * Cancels a queued message by compare-and-set; null: it is being sent or has ended (G1).
 * With `isOverdue`, only after its deadline. The row keeps the reason, which a repeated request returns too.
 */
export async function cancelQueuedMessage(
  db: Db,
  { messageId, isOverdue = false }: { messageId: string; isOverdue?: boolean },
): Promise<Failure | null> {
  const [cancelled] = await db.transaction((tx) =>
    cancel(tx, and(eq(messages.id, messageId), isOverdue ? pastDeadline : undefined)),
  )
  return cancelled ?? null
}

/** Cancels all queued messages past their deadline, of one robot or of all. */
export async function cancelOverdueMessages(tx: Tx, { robotId }: { robotId?: string } = {}): Promise<void> {
  await cancel(tx, and(pastDeadline, robotId ? eq(messages.robotId, robotId) : undefined))
}

const pastDeadline = sql`${messages.deadlineAt} < clock_timestamp()`

/** WeChat is unreachable if an attempt failed that way or the robot is reconnecting (A5). */
const isUnreachable = sql`(${messages.errorCode} = 'WECHAT_UNREACHABLE' or exists
  (select 1 from ${sessions} where ${sessions.robotId} = ${messages.robotId} and ${sessions.state} = 'reconnecting'))`

/** WeChat refused the last attempt with 1205. */
const isRateLimited = sql`(${messages.errorCode} = 'WECHAT_TOO_OFTEN')`

/** Why a message missed its deadline. */
const causes = [
  failWith('WECHAT_UNREACHABLE', 'unreachable_past_deadline'),
  failWith('WECHAT_TOO_OFTEN', 'rate_limited_past_deadline'),
  failWith('COMMAND_TIMEOUT', 'past_deadline'),
]

/** SQL: a value of the first cause that applies to the row. */
function ofCause<Value extends string>(pick: (cause: Failure) => Value): SQL<Value> {
  const [unreachable, rateLimited, overdue] = causes.map(pick)
  return sql`case when ${isUnreachable} then ${unreachable}::text when ${isRateLimited} then ${rateLimited}::text
    else ${overdue}::text end`
}

async function cancel(tx: Tx, where: SQL | undefined): Promise<Failure[]> {
  const rows = await tx
    .update(messages)
    .set({
      state: 'cancelled',
      errorCode: ofCause(({ code }) => code),
      errorMessage: ofCause(({ sentence }) => contractText(sentence)),
      errorReason: ofCause(({ sentence }) => sentence.reason),
      finishedAt: sql`clock_timestamp()`,
    })
    .where(and(where, inArray(messages.state, ['queued'])))
    .returning({ id: messages.id, reason: messages.errorReason })
  for (const { id } of rows) await announceReply(tx, id)
  return rows.flatMap(({ reason }) => causes.filter(({ sentence }) => sentence.reason === reason))
}

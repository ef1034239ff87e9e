/**
 * A test message is sent from a worker, because only workers call outside services. The row states that a test is due; a wake makes any
 * worker send it (worker/alerts), which also looks for tests whose wake was lost.
 */
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { storableParams } from '@/lib/db/reason-columns'
import { alertChannels } from '@/lib/db/schema/alert'
import { announceReply } from '@/lib/queue/reply'
import type { Sentence } from '@/lib/sentence'
import { channelNotFound } from '@/lib/alert/find-channel'

const isDue = and(
  isNotNull(alertChannels.testRequestedAt),
  or(isNull(alertChannels.testedAt), lt(alertChannels.testedAt, alertChannels.testRequestedAt)),
)

/** Makes a test message due; the caller wakes a worker after the commit. @throws NOT_FOUND */
export async function requestTest(tx: Tx, { channelId }: { channelId: string }): Promise<void> {
  const requested = await tx
    .update(alertChannels)
    .set({ testRequestedAt: sql`date_trunc('milliseconds', clock_timestamp())` })
    .where(eq(alertChannels.id, channelId))
    .returning({ id: alertChannels.id })
  if (requested.length === 0) throw channelNotFound()
}

/** Returns the channel of a due test message. null: none is due. */
export async function readDueTest(db: Db, { channelId }: { channelId: string }) {
  const [channel] = await db
    .select()
    .from(alertChannels)
    .where(and(eq(alertChannels.id, channelId), isDue))
  return channel ?? null
}

/** Lists channels whose test message has been due for some seconds, so that its wake was lost; a maximum of 20. */
export async function listLateTests(db: Db): Promise<string[]> {
  const isLate = sql`${alertChannels.testRequestedAt} < clock_timestamp() - interval '5 seconds'`
  const rows = await db.select({ id: alertChannels.id }).from(alertChannels).where(and(isDue, isLate)).limit(20)
  return rows.map(({ id }) => id)
}

/** Records how a test message ended, and notifies its waiters; `problem` null: it was accepted. */
export async function recordTest(
  db: Db,
  { channelId, requestedAt, problem }: { channelId: string; requestedAt: Date | null; problem: Sentence | null },
): Promise<void> {
  await db
    .update(alertChannels)
    .set({ testedAt: requestedAt, ...outcomeColumns(problem) })
    .where(eq(alertChannels.id, channelId))
  await announceReply(db, channelId)
}

/** The columns that say how the last message to a channel ended. */
export function outcomeColumns(problem: Sentence | null) {
  const now = sql`clock_timestamp()`
  return problem
    ? { lastFailedAt: now, failureReason: problem.reason, failureParams: storableParams(problem) }
    : { lastSentAt: now, failureReason: null, failureParams: null }
}

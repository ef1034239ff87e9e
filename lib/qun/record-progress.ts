import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { quns } from '../db/schema/qun'

const now = sql`clock_timestamp()`

/** Notes that nobody, or more than one, has the owner's name: the code has to come (B4). */
export async function recordLookup(tx: Tx, { qunId }: { qunId: string }): Promise<void> {
  await tx.update(quns).set({ isLookupDue: false }).where(eq(quns.id, qunId))
}

/** Whether a room was made whose making was never answered, the stream tells within this time of a worker's taking up. */
export const makingSettleSeconds = 30

/** Notes, before WeChat is asked, that the room is being made; false while an earlier try may still turn out to have made it. */
export async function recordMaking(tx: Tx, { qunId }: { qunId: string }): Promise<boolean> {
  const isSettled = sql`(${quns.makingSince} is null or
    ${quns.makingSince} < ${now} - make_interval(secs => ${makingSettleSeconds}))`
  const taken = await tx
    .update(quns)
    .set({ makingSince: now })
    .where(and(eq(quns.id, qunId), isSettled))
    .returning({ id: quns.id })
  return taken.length > 0
}

/** Opens a qun with its room; false when it was not pending any more. Who is in it is to be counted then. */
export async function openQun(tx: Tx, { qunId, roomId }: { qunId: string; roomId: string }): Promise<boolean> {
  const opened = await tx
    .update(quns)
    .set({ state: 'open', roomId, openedAt: now, makingSince: null, failure: '', isRecountDue: true })
    .where(and(eq(quns.id, qunId), eq(quns.state, 'pending')))
    .returning({ id: quns.id })
  return opened.length > 0
}

/**
 * Notes that the room could not be made, and when that is tried again: after 1 minute, twice as long each time, at most an hour.
 * Answers how often that was so by now. Without `isCounted` it was not WeChat's word: again in a few seconds.
 */
export async function recordMakingFailure(
  tx: Tx,
  { qunId, failure, isCounted }: { qunId: string; failure: string; isCounted: boolean },
): Promise<number> {
  const retryAt = isCounted
    ? sql`${now} + least(interval '1 minute' * power(2, least(${quns.failureCount}, 10)), interval '1 hour')`
    : sql`${now} + interval '5 seconds'`
  const failureCount = sql`${quns.failureCount} + ${isCounted ? 1 : 0}::int`
  const [row] = await tx
    .update(quns)
    .set({ makingSince: null, failure, failureCount, retryAt })
    .where(eq(quns.id, qunId))
    .returning({ failureCount: quns.failureCount })
  return row?.failureCount ?? 0
}

/** Has the members counted of the quns behind these rooms; false when there are none. */
export async function askRecount(tx: Tx, { roomIds }: { roomIds: string[] }): Promise<boolean> {
  if (roomIds.length === 0) return false
  const asked = await tx
    .update(quns)
    .set({ isRecountDue: true })
    .where(and(inArray(quns.roomId, roomIds), eq(quns.state, 'open')))
    .returning({ id: quns.id })
  return asked.length > 0
}

/** Notes that the members were counted, and whether anybody still finds room; true when it became full just now. */
export async function recordCount(tx: Tx, { qunId, isFull }: { qunId: string; isFull: boolean }): Promise<boolean> {
  const [before] = await tx.select({ fullAt: quns.fullAt }).from(quns).where(eq(quns.id, qunId)).for('update')
  const fullAt = isFull ? sql`coalesce(${quns.fullAt}, ${now})` : null
  await tx.update(quns).set({ isRecountDue: false, fullAt }).where(eq(quns.id, qunId))
  return isFull && before?.fullAt === null
}

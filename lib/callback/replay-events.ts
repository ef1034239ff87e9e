import { inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { callbackEndpoints, callbackEvents } from '../db/schema/callback'
import { newId } from '../id'
import { replayable, type ReplaySelection } from './select-replayable'

/** How many are sent again, under which id they can be followed, and the lanes to wake. */
export type Replay = { count: number; replayId: string; lanes: string[] }

/**
 * Sends callbacks again: they are due at once with a fresh schedule and keep their `webhook-id`. An endpoint whose breaker is
 * open is probed at once, a paused one stays paused. After the commit wake the lanes it returns.
 */
export async function replayEvents(tx: Tx, selection: ReplaySelection): Promise<Replay> {
  const replayId = newId('callbackReplay')
  const rows = await tx
    .update(callbackEvents)
    .set({ state: 'pending', attemptCount: 0, nextAttemptAt: sql`clock_timestamp()`, finishedAt: null, replayId })
    .where(replayable(selection))
    .returning({ lane: callbackEvents.lane })
  const lanes = [...new Set(rows.map((row) => row.lane))]
  // Somebody expects to see it go: a probe goes out at once. A pause stays.
  await tx.update(callbackEndpoints).set({ heldUntil: null }).where(inArray(callbackEndpoints.lane, lanes))
  return { count: rows.length, replayId, lanes }
}

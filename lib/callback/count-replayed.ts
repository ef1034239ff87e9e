import { count, eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { callbackEvents, type callbackState } from '../db/schema/callback'

export type ReplayedCounts = Record<(typeof callbackState.enumValues)[number], number>

/** Counts how far a replay has come: its events by the state they are in. One that was replayed again since counts there. */
export async function countReplayed(db: Db, { replayId }: { replayId: string }): Promise<ReplayedCounts> {
  const { state } = callbackEvents
  const rows = await db
    .select({ state, count: count() })
    .from(callbackEvents)
    .where(eq(callbackEvents.replayId, replayId))
    .groupBy(state)
  const counts: ReplayedCounts = { pending: 0, delivered: 0, dead: 0 }
  for (const row of rows) counts[row.state] = row.count
  return counts
}

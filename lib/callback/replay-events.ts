import { and, eq, gt, gte, inArray, ne, notInArray, or, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { callbackEndpoints, callbackEvents } from '../db/schema/callback'

/** Some events of one application (of any, for operators, without `applicationId`), or all it failed to take since a time. */
export type ReplaySelection = { ids: string[]; applicationId?: string } | { since: Date; applicationId: string }

/**
 * Sends callbacks again: they are due at once with a fresh schedule and keep their `webhook-id`.
 * By ids in whatever state; by time those that died since, and those made since that have failed and wait, but no tests and alerts.
 * An endpoint whose breaker is open is probed at once, a paused one stays paused. An event that is being tried at this
 * moment, or within half a minute, is left alone. After the commit wake the lanes it returns.
 */
export async function replayEvents(tx: Tx, selection: ReplaySelection): Promise<{ count: number; lanes: string[] }> {
  const { applicationId } = selection
  const { state, finishedAt, createdAt, attemptCount, nextAttemptAt, type } = callbackEvents
  // Nearer ones may carry a worker's claim: to touch it would mean two tries at once.
  const isWaiting = gt(nextAttemptAt, sql`clock_timestamp() + interval '30 seconds'`)
  const selected =
    'ids' in selection
      ? and(inArray(callbackEvents.id, selection.ids), or(ne(state, 'pending'), isWaiting))
      : and(
          notInArray(type, ['test', 'endpoint_paused']),
          or(
            and(eq(state, 'dead'), gte(finishedAt, selection.since)),
            and(eq(state, 'pending'), gt(attemptCount, 0), gte(createdAt, selection.since), isWaiting),
          ),
        )
  const rows = await tx
    .update(callbackEvents)
    .set({ state: 'pending', attemptCount: 0, nextAttemptAt: sql`clock_timestamp()`, finishedAt: null })
    .where(and(selected, applicationId ? eq(callbackEvents.applicationId, applicationId) : undefined))
    .returning({ lane: callbackEvents.lane })
  const lanes = [...new Set(rows.map((row) => row.lane))]
  // Somebody expects to see it go: a probe goes out at once. A pause stays.
  await tx.update(callbackEndpoints).set({ heldUntil: null }).where(inArray(callbackEndpoints.lane, lanes))
  return { count: rows.length, lanes }
}

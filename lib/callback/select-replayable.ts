import { and, eq, gt, gte, inArray, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { callbackEvents } from '../db/schema/callback'

/** Some events of one application (of any, for operators, without `applicationId`), or all it failed to take since a time. */
export type ReplaySelection = { ids: string[]; applicationId?: string } | { since: Date; applicationId: string }

/**
 * SQL: the events that a replay takes. By ids in whatever state; by time those that died since, and those made since that
 * have failed and wait, but no tests and alerts. One that is being tried at this moment, or within half a minute, is left alone.
 */
export function replayable(selection: ReplaySelection): SQL | undefined {
  const { id, applicationId, state, finishedAt, createdAt, attemptCount, nextAttemptAt, type } = callbackEvents
  // Nearer ones may carry a worker's claim: to touch it would mean two tries at once.
  const isWaiting = gt(nextAttemptAt, sql`clock_timestamp() + interval '30 seconds'`)
  const selected =
    'ids' in selection
      ? and(inArray(id, selection.ids), or(ne(state, 'pending'), isWaiting))
      : and(
          notInArray(type, ['test', 'endpoint_paused']),
          or(
            and(eq(state, 'dead'), gte(finishedAt, selection.since)),
            and(eq(state, 'pending'), gt(attemptCount, 0), gte(createdAt, selection.since), isWaiting),
          ),
        )
  return and(selected, selection.applicationId ? eq(applicationId, selection.applicationId) : undefined)
}

import { and, eq, gt, gte, inArray, isNull, lte, ne, notInArray, or, type SQL, sql, count } from 'drizzle-orm'
import { callbackEvents, callbackEndpoints, type callbackState } from '@/lib/db/schema/callback'
import { wakeLaneAfterCommit } from '@/lib/db/after-commit'
import { failingLanes } from '@/lib/callback/endpoint/gate'
import type { Tx, Db } from '@/lib/db/client'
import { newId } from '@/lib/id'

/**
 * Events by id, of one application or (for operators) of any; or all events of an application undelivered since a time.
 * `endpointId`: only those of one endpoint; null: of the default endpoint and of logins.
 */
export type ReplaySelection =
  | { ids: string[]; applicationId?: string }
  | { since: Date; applicationId: string; endpointId?: string | null | undefined }

/**
 * SQL: the events that a replay takes. By ids, in any state. By time, those that died since, and those recorded since that
 * wait after a failure of their own or of their endpoint, except tests and alerts. Leaves out an event that a worker attempts
 * now, and an event without an attempt at a paused endpoint, which only a resume sends.
 */
export function replayable(selection: ReplaySelection): SQL | undefined {
  const { id, applicationId, lane, state, finishedAt, createdAt, attemptCount, nextAttemptAt, type } = callbackEvents
  // A time in between may be a worker's claim; replaying such an event would mean two attempts at once.
  const isWaiting = or(
    lte(nextAttemptAt, sql`clock_timestamp()`),
    gt(nextAttemptAt, sql`clock_timestamp() + interval '30 seconds'`),
  )
  const selected =
    'ids' in selection
      ? and(inArray(id, selection.ids), or(ne(state, 'pending'), isWaiting))
      : and(
          notInArray(type, ['test', 'endpoint_paused']),
          'endpointId' in selection ? isOfEndpoint(selection.endpointId) : undefined,
          or(
            and(eq(state, 'dead'), gte(finishedAt, selection.since)),
            and(
              eq(state, 'pending'),
              or(gt(attemptCount, 0), inArray(lane, failingLanes)),
              gte(createdAt, selection.since),
              isWaiting,
            ),
          ),
        )
  return and(selected, selection.applicationId ? eq(applicationId, selection.applicationId) : undefined)
}

/** SQL: an event is of this endpoint; null: of none of the additional ones; undefined: any. */
export function isOfEndpoint(endpointId: string | null | undefined): SQL | undefined {
  if (endpointId === undefined) return undefined
  return endpointId === null ? isNull(callbackEvents.endpointId) : eq(callbackEvents.endpointId, endpointId)
}

/** The number of events that are sent again, and the id under which the replay can be followed. */
export type Replay = { count: number; replayId: string }

/**
 * Makes events due at once with a new schedule; they keep their `webhook-id`. An endpoint whose breaker is open is probed at
 * once; a paused endpoint stays paused.
 */
export async function replayEvents(tx: Tx, selection: ReplaySelection): Promise<Replay> {
  const replayId = newId('callbackReplay')
  const rows = await tx
    .update(callbackEvents)
    .set({ state: 'pending', attemptCount: 0, nextAttemptAt: sql`clock_timestamp()`, finishedAt: null, replayId })
    .where(replayable(selection))
    .returning({ lane: callbackEvents.lane })
  const lanes = [...new Set(rows.map((row) => row.lane))]
  for (const lane of lanes) wakeLaneAfterCommit(tx, lane)
  // The operator expects an attempt now, so the hold ends. A pause stays.
  await tx.update(callbackEndpoints).set({ heldUntil: null }).where(inArray(callbackEndpoints.lane, lanes))
  return { count: rows.length, replayId }
}

/** Returns the audit target of a replay: the single event, the application, or the replay's id for several events. */
export function replayTarget(selection: ReplaySelection, replayId: string): string {
  if (!('ids' in selection)) return selection.applicationId
  const [id, ...more] = selection.ids
  return id && more.length === 0 ? id : replayId
}

export type ReplayableCounts = {
  count: number
  /** Of these, events that wait for an attempt; the others are dead or, if selected by id, delivered. */
  waitingCount: number
}

/** Counts the events that a replay would take now. */
export async function countReplayable(db: Db, selection: ReplaySelection): Promise<ReplayableCounts> {
  const [counts] = await db
    .select({
      count: sql<number>`count(*)::int`,
      waitingCount: sql<number>`(count(*) filter (where ${callbackEvents.state} = 'pending'))::int`,
    })
    .from(callbackEvents)
    .where(replayable(selection))
  return counts ?? { count: 0, waitingCount: 0 }
}

export type ReplayedCounts = Record<(typeof callbackState.enumValues)[number], number>

/** Counts a replay's events by state. An event that a later replay took counts only there. */
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

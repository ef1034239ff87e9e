import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { bucketOf, firstOf, listBucketStarts } from '@/lib/metrics/list-bucket-starts'
import type { MetricRange } from '@/lib/metrics/range'
import { applicationLane } from '@/lib/callback/delivery/lane'

/** Attempts at an endpoint by outcome, and its events that are not delivered. */
export type AttemptCounts = {
  deliveredCount: number
  /** Failed attempts; an event can have several. */
  failedCount: number
  /** Events that wait now; counted in the current bucket. */
  pendingCount: number
  /** Events that died. */
  deadCount: number
  /**
   * Median and 95th percentile of the time from an event to its delivery; null: no events. A waiting event counts with the
   * time until now, a dead one with the time until it died.
   */
  typicalDelayMs: number | null
  slowDelayMs: number | null
}

export type AttemptsPoint = AttemptCounts & { startsAt: Date }

const noAttempts: AttemptCounts = {
  deliveredCount: 0,
  failedCount: 0,
  pendingCount: 0,
  deadCount: 0,
  typicalDelayMs: null,
  slowDelayMs: null,
}

/** Measures the attempts at applications' endpoints in the last `hours`. Leaves out an endpoint without attempts and waiting events. */
export async function measureAttempts(
  db: Db,
  { applicationIds, hours }: { applicationIds: string[]; hours: number },
): Promise<Map<string, AttemptCounts>> {
  if (applicationIds.length === 0) return new Map()
  // An index does not serve the volatile `clock_timestamp()`.
  const since = sql`statement_timestamp() - make_interval(hours => ${hours})`
  const rows = await countAttempts(db, { applicationIds, since, keyOf: () => sql`event.application_id` })
  return new Map(rows.map(({ key, ...counts }) => [String(key), counts]))
}

/**
 * Measures the attempts at one application's endpoint by minute, hour or day in `timeZone`, oldest first. The last bucket is
 * incomplete.
 */
export async function measureAttemptsOver(
  db: Db,
  { applicationId, range, timeZone }: { applicationId: string; range: MetricRange; timeZone: string },
): Promise<AttemptsPoint[]> {
  const starts = await listBucketStarts(db, { range, timeZone })
  const keyOf = (moment: SQL) => bucketOf(moment, starts)
  const rows = await countAttempts(db, { applicationIds: [applicationId], since: firstOf(starts), keyOf })
  const byBucket = new Map(rows.map(({ key, ...counts }) => [key, counts]))
  return starts.map((startsAt, index) => ({ startsAt, ...noAttempts, ...byBucket.get(index + 1) }))
}

type Scope = { applicationIds: string[]; since: SQL; keyOf: (moment: SQL) => SQL }

/** Counts each attempt when it started, each waiting event now, and each dead event when it died. */
function countAttempts(db: Db, { applicationIds, since, keyOf }: Scope) {
  const listed = (values: string[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )
  const ids = listed(applicationIds)
  // Test events and alerts have lanes of their own and do not count for the health of an endpoint.
  const lanes = listed(applicationIds.map(applicationLane))
  const msSince = (end: SQL) => sql`date_part('epoch', ${end} - event.created_at) * 1000`
  const now = sql`statement_timestamp()`
  const attemptedAt = sql`attempt.started_at`
  const endedAt = sql`event.finished_at`
  // An attempt is recorded after its start, and the end of its event with it. The hour is for the clocks of two machines.
  const isAttemptedSince = sql`(event.state = 'pending'
    or event.state <> 'pending' and event.finished_at >= ${since} - interval '1 hour')`
  const delay = (share: number) =>
    sql`(percentile_cont(${share}::float8) within group (order by delay_ms) filter (where delay_ms is not null))::float8`
  return db.execute<AttemptCounts & { key: string | number }>(sql`
    with counted as (
      select ${keyOf(attemptedAt)} as key, case when attempt.is_delivered then 'delivered' else 'failed' end as outcome,
          case when attempt.is_delivered then ${msSince(attemptedAt)} + attempt.duration_ms end as delay_ms
        from callback_attempts as attempt join callback_events as event on event.id = attempt.event_id
        where attempt.started_at >= ${since} and event.application_id in (${ids}) and event.lane in (${lanes})
          and ${isAttemptedSince}
      union all
      select ${keyOf(now)}, 'pending', ${msSince(now)}
        from callback_events as event where event.state = 'pending' and event.lane in (${lanes})
      union all
      select ${keyOf(endedAt)}, 'dead', ${msSince(endedAt)}
        from callback_events as event
        where event.state = 'dead' and event.finished_at >= ${since} and event.application_id in (${ids})
          and event.lane in (${lanes}))
    select key,
        (count(*) filter (where outcome = 'delivered'))::int as "deliveredCount",
        (count(*) filter (where outcome = 'failed'))::int as "failedCount",
        (count(*) filter (where outcome = 'pending'))::int as "pendingCount",
        (count(*) filter (where outcome = 'dead'))::int as "deadCount",
        ${delay(0.5)} as "typicalDelayMs",
        ${delay(0.95)} as "slowDelayMs"
      from counted group by key`)
}

export type Backlog = { count: number; oldestAt: Date | null }

/** Counts the events that wait for applications' endpoints, and returns the time of the oldest. Leaves out endpoints without any. */
export async function measureBacklogs(
  db: Db,
  { applicationIds }: { applicationIds: string[] },
): Promise<Map<string, Backlog>> {
  const lanes = new Map(applicationIds.map((id) => [applicationLane(id), id]))
  if (lanes.size === 0) return new Map()
  const names = sql.join(
    [...lanes.keys()].map((lane) => sql`${lane}`),
    sql`, `,
  )
  const rows = await db.execute<{ lane: string; count: number; oldestAtMs: number }>(sql`
    select lane, count(*)::int as count, (extract(epoch from min(created_at)) * 1000)::float8 as "oldestAtMs"
      from callback_events where state = 'pending' and lane in (${names}) group by lane`)
  return new Map(
    rows.map(({ lane, count, oldestAtMs }) => [lanes.get(lane) ?? '', { count, oldestAt: new Date(oldestAtMs) }]),
  )
}

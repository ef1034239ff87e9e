import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { type FigureRange, isInRowSpans, msOfDelayStep, resolveFigureRange, sumsOf } from '@/lib/metrics/figure-range'
import { bucketOf, listBucketStarts } from '@/lib/metrics/list-bucket-starts'
import type { MetricRange } from '@/lib/metrics/range'
import { endpointLane, type EndpointRef, healthIdOf } from '@/lib/callback/delivery/lane'

const hourMs = 3_600_000

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

/**
 * Measures the attempts at endpoints in the last `hours`, the current one included, by health id. Leaves out an endpoint without
 * attempts and waiting events.
 */
export async function measureAttempts(
  db: Db,
  { endpoints, hours }: { endpoints: EndpointRef[]; hours: number },
): Promise<Map<string, AttemptCounts>> {
  if (endpoints.length === 0) return new Map()
  const thisHourMs = Date.now() - (Date.now() % hourMs)
  const range = await resolveFigureRange(db, [new Date(thisHourMs - (hours - 1) * hourMs)])
  const rows = await countAttempts(db, { endpoints, range, keyOf: (_timestamp, healthId) => healthId })
  return new Map(rows.map(({ key, ...counts }) => [String(key), counts]))
}

/**
 * Measures the attempts at one endpoint by minute, hour or day in `timeZone`, oldest first. The last bucket is
 * incomplete.
 */
export async function measureAttemptsOver(
  db: Db,
  { endpoint, range, timeZone }: { endpoint: EndpointRef; range: MetricRange; timeZone: string },
): Promise<AttemptsPoint[]> {
  const starts = await listBucketStarts(db, { range, timeZone })
  const figureRange = await resolveFigureRange(db, starts)
  const keyOf = (timestamp: SQL) => bucketOf(timestamp, starts)
  const rows = await countAttempts(db, { endpoints: [endpoint], range: figureRange, keyOf })
  const byBucket = new Map(rows.map(({ key, ...counts }) => [key, counts]))
  return starts.map((startsAt, index) => ({ startsAt, ...noAttempts, ...byBucket.get(index + 1) }))
}

type Scope = { endpoints: EndpointRef[]; range: FigureRange; keyOf: (timestamp: SQL, healthId: SQL) => SQL }

/**
 * Counts each attempt when it started, each waiting event now, and each dead event when it died. Delays of summed hours are exact
 * to 2.5 %.
 */
function countAttempts(db: Db, { endpoints, range, keyOf }: Scope) {
  const listed = (values: string[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )
  const ids = listed([...new Set(endpoints.map(({ applicationId }) => applicationId))])
  // Test events and alerts have lanes of their own and do not count for the health of an endpoint.
  const lanes = listed(endpoints.map(endpointLane))
  const msSince = (end: SQL) => sql`round(date_part('epoch', ${end} - event.created_at) * 1000)`
  const now = sql`statement_timestamp()`
  // A constant start, because no index serves a start that is joined.
  const rowsSince = sql`${(range.rowSpans[0]?.from ?? new Date()).toISOString()}::timestamptz`
  const keyAt = (timestamp: SQL) => keyOf(timestamp, sql`coalesce(event.endpoint_id, event.application_id)`)
  const outcome = sql`case series when 'attempt_delivered' then 'delivered' when 'attempt_failed' then 'failed' else 'dead' end`
  const percentile = (share: number) => sql`min(delay_ms) filter (where cumulative >= ${share}::float8 * due)`
  const sum = (name: string) => sql`coalesce(sum(count) filter (where outcome = ${name}), 0)::int`
  return db.execute<AttemptCounts & { key: string | number }>(sql`
    with rows as (
      select ${keyAt(sql`attempt.started_at`)} as key, case when attempt.is_delivered then 'delivered' else 'failed' end as outcome,
          case when attempt.is_delivered then ${msSince(sql`attempt.started_at`)} + attempt.duration_ms end as delay_ms, 1 as count
        from callback_events as event join callback_attempts as attempt on attempt.event_id = event.id
        -- An attempt is recorded after its start, and the end of its event with it. The hour is for the clocks of two machines.
        where (event.state = 'pending' or event.state <> 'pending' and event.finished_at >= ${rowsSince} - interval '1 hour')
          and event.application_id in (${ids}) and event.lane in (${lanes}) and ${isInRowSpans(range, sql`attempt.started_at`)}
      union all
      select ${keyAt(now)}, 'pending', ${msSince(now)}, 1
        from callback_events as event where event.state = 'pending' and event.lane in (${lanes})
      union all
      select ${keyAt(sql`event.finished_at`)}, 'dead', ${msSince(sql`event.finished_at`)}, 1
        from callback_events as event
        where event.state = 'dead' and event.finished_at >= ${rowsSince} and event.application_id in (${ids})
          and event.lane in (${lanes}) and ${isInRowSpans(range, sql`event.finished_at`)}
      union all
      select ${keyOf(sql`hour`, sql`application_id`)}, ${outcome}, case when delay_step > 0 then ${msOfDelayStep} end, count
        from ${sumsOf(range, { series: ['attempt_delivered', 'attempt_failed', 'endpoint_dead'], applicationIds: endpoints.map(healthIdOf) })}),
    counted as (
      select key, outcome, delay_ms, sum(count) as count from rows group by 1, 2, 3 having sum(count) > 0),
    ranked as (
      select *, sum(count) over (partition by key, delay_ms is null order by delay_ms) as cumulative,
          sum(count) over (partition by key, delay_ms is null) as due
        from counted)
    select key, ${sum('delivered')} as "deliveredCount", ${sum('failed')} as "failedCount", ${sum('pending')} as "pendingCount",
        ${sum('dead')} as "deadCount", ${percentile(0.5)} as "typicalDelayMs", ${percentile(0.95)} as "slowDelayMs"
      from ranked group by key`)
}

export type Backlog = { count: number; oldestAt: Date | null }

/** Counts the events that wait for endpoints, by health id, and returns the time of the oldest. Leaves out endpoints without any. */
export async function measureBacklogs(
  db: Db,
  { endpoints }: { endpoints: EndpointRef[] },
): Promise<Map<string, Backlog>> {
  const lanes = new Map(endpoints.map((endpoint) => [endpointLane(endpoint), healthIdOf(endpoint)]))
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

import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bucketOf, firstOf, listBucketStarts } from '../metrics/list-bucket-starts'
import type { MetricRange } from '../metrics/range'

/** How tries at an endpoint went. */
export type Tries = {
  deliveredCount: number
  failedCount: number
  /** From an event to its delivery, for half of them and for 95 of 100; null = nothing was delivered. */
  typicalDelayMs: number | null
  slowDelayMs: number | null
}

export type TriesPoint = Tries & { startsAt: Date }

const none: Tries = { deliveredCount: 0, failedCount: 0, typicalDelayMs: null, slowDelayMs: null }

/** Measures the tries at applications' endpoints in the last `hours`; one without any is left out. */
export async function measureTries(
  db: Db,
  { applicationIds, hours }: { applicationIds: string[]; hours: number },
): Promise<Map<string, Tries>> {
  if (applicationIds.length === 0) return new Map()
  const ids = sql.join(
    applicationIds.map((id) => sql`${id}`),
    sql`, `,
  )
  const rows = await count(db, {
    by: sql`event.application_id`,
    where: sql`event.application_id in (${ids}) and attempt.started_at >= clock_timestamp() - make_interval(hours => ${hours})`,
  })
  return new Map(rows.map(({ key, ...tries }) => [String(key), tries]))
}

/**
 * Measures the tries at one application's endpoint by minute, hour or day of the clocks of `timeZone`, oldest first; the last
 * is under way.
 */
export async function measureTriesOver(
  db: Db,
  { applicationId, range, timeZone }: { applicationId: string; range: MetricRange; timeZone: string },
): Promise<TriesPoint[]> {
  const starts = await listBucketStarts(db, { range, timeZone })
  const rows = await count(db, {
    by: bucketOf(sql`attempt.started_at`, starts),
    where: sql`event.application_id = ${applicationId} and attempt.started_at >= ${firstOf(starts)}`,
  })
  const byBucket = new Map(rows.map(({ key, ...tries }) => [key, tries]))
  return starts.map((startsAt, index) => ({ startsAt, ...none, ...byBucket.get(index + 1) }))
}

/** An operator's test events and alerts say nothing of how an endpoint fares. */
function count(db: Db, { by, where }: { by: SQL; where: SQL }) {
  const delayMs = sql`extract(epoch from attempt.started_at - event.created_at) * 1000 + attempt.duration_ms`
  const delay = (share: number) =>
    sql`(percentile_cont(${share}::float8) within group (order by ${delayMs}) filter (where attempt.is_delivered))::float8`
  return db.execute<Tries & { key: string | number }>(sql`
    select ${by} as key,
        (count(*) filter (where attempt.is_delivered))::int as "deliveredCount",
        (count(*) filter (where not attempt.is_delivered))::int as "failedCount",
        ${delay(0.5)} as "typicalDelayMs",
        ${delay(0.95)} as "slowDelayMs"
      from callback_attempts as attempt join callback_events as event on event.id = attempt.event_id
      where ${where} and event.lane like 'application:%'
      group by 1`)
}

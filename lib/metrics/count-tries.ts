import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bucketOf, firstOf } from './list-bucket-starts'

export type TryCounts = {
  bucket: number
  deliveredCount: number
  undeliveredCount: number
  /** From an event to its delivery, for half of them and for 95 of 100; null = nothing was delivered. */
  typicalDelayMs: number | null
  slowDelayMs: number | null
}

/** Counts tries of callbacks by the bucket they were made in; an operator's test events are no deliveries. */
export async function countTries(db: Db, starts: Date[]): Promise<TryCounts[]> {
  const delayMs = sql`extract(epoch from attempt.started_at - event.created_at) * 1000 + attempt.duration_ms`
  const delay = (share: number) =>
    sql`(percentile_cont(${share}::float8) within group (order by ${delayMs}) filter (where attempt.is_delivered))::float8`
  return db.execute<TryCounts>(sql`
    select ${bucketOf(sql`attempt.started_at`, starts)} as bucket,
        (count(*) filter (where attempt.is_delivered))::int as "deliveredCount",
        (count(*) filter (where not attempt.is_delivered))::int as "undeliveredCount",
        ${delay(0.5)} as "typicalDelayMs",
        ${delay(0.95)} as "slowDelayMs"
      from callback_attempts as attempt join callback_events as event on event.id = attempt.event_id
      where attempt.started_at >= ${firstOf(starts)} and event.type <> 'test'
      group by 1`)
}

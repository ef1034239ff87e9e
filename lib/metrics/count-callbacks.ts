import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bucketOf, firstOf } from './list-bucket-starts'

export type CallbackCounts = {
  deliveredCount: number
  /** Still tried. */
  pendingCount: number
  /** Given up. */
  deadCount: number
  /** From an event to its delivery, for half of them and for 95 of 100; null = nothing was delivered. */
  typicalDelayMs: number | null
  slowDelayMs: number | null
}

/**
 * Counts callbacks by the bucket they arose in, as they stand now, with bucket 0 for all but the first, which is the span before.
 * An operator's test events are no callbacks.
 */
export async function countCallbacks(db: Db, starts: Date[]) {
  const delay = (share: number) =>
    sql`min(delay_ms) filter (where state = 'delivered' and upto >= ${share}::float8 * alike)`
  return db.execute<CallbackCounts & { bucket: number }>(sql`
    with counted as (
      select ${bucketOf(sql`created_at`, starts)} as bucket, state,
          case when state = 'delivered' then round(extract(epoch from finished_at - created_at)::float8 * 1000) end as delay_ms,
          count(*) as count
        from callback_events
        where created_at >= ${firstOf(starts)} and type <> 'test'
        group by 1, 2, 3),
    spans as (
      select * from counted
      union all
      select 0, state, delay_ms, sum(count) from counted where bucket > 1 group by state, delay_ms),
    ranked as (
      select *, sum(count) over (partition by bucket, state order by delay_ms) as upto,
          sum(count) over (partition by bucket, state) as alike
        from spans)
    select bucket,
        coalesce(sum(count) filter (where state = 'delivered'), 0)::int as "deliveredCount",
        coalesce(sum(count) filter (where state = 'pending'), 0)::int as "pendingCount",
        coalesce(sum(count) filter (where state = 'dead'), 0)::int as "deadCount",
        ${delay(0.5)} as "typicalDelayMs",
        ${delay(0.95)} as "slowDelayMs"
      from ranked group by bucket`)
}

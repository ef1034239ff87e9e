import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { FigureSeries } from '@/lib/db/schema/figure'
import { type FigureRange, isInRowSpans, msOfDelayStep, sumsOf } from '@/lib/metrics/figure-range'
import { isFailedSend } from '@/lib/metrics/is-failed-send'
import { bucketOf, firstOf } from '@/lib/metrics/list-bucket-starts'

export type MessageCounts = {
  receivedCount: number
  sentCount: number
  /** Sends that failed, by `isFailedSend`. */
  failedCount: number
}

/** Counts messages by the bucket in which they were received or accepted. Empty buckets are omitted. */
export async function countMessages(db: Db, range: FigureRange) {
  const sumOf = (series: FigureSeries) => sql`coalesce(sum(count) filter (where series = ${series}), 0)`
  return db.execute<MessageCounts & { bucket: number }>(sql`
    with counted as (
      select ${bucketOf(sql`created_at`, range.starts)} as bucket,
          count(*) filter (where state = 'received') as received,
          count(*) filter (where state = 'sent') as sent,
          count(*) filter (where ${isFailedSend}) as failed
        from messages where ${isInRowSpans(range, sql`created_at`)}
        group by 1
      union all
      select ${bucketOf(sql`hour`, range.starts)}, ${sumOf('received')}, ${sumOf('sent')}, ${sumOf('failed')}
        from ${sumsOf(range, { series: ['received', 'sent', 'failed'] })}
        group by 1)
    select bucket, sum(received)::int as "receivedCount", sum(sent)::int as "sentCount", sum(failed)::int as "failedCount"
      from counted group by bucket`)
}

export type CallbackCounts = {
  deliveredCount: number
  pendingCount: number
  deadCount: number
  /**
   * Median and 95th percentile of the time from event to delivery; null: no events. An undelivered event counts with the time
   * until now, or until its last attempt if it is dead.
   */
  typicalDelayMs: number | null
  slowDelayMs: number | null
}

/**
 * Counts callbacks by bucket of creation and current state. Bucket 0 sums all buckets except the first, the previous span.
 * Delays of summed hours are exact to 2.5 %. `date_part` takes half the time of `extract`, which computes with decimals.
 */
export async function countCallbacks(db: Db, range: FigureRange) {
  const percentile = (share: number) => sql`min(delay_ms) filter (where cumulative >= ${share}::float8 * due)`
  const delayMs = sql`round(date_part('epoch', coalesce(finished_at, statement_timestamp()) - created_at) * 1000)`
  return db.execute<CallbackCounts & { bucket: number }>(sql`
    with rows as (
      select ${bucketOf(sql`created_at`, range.starts)} as bucket, state::text, ${delayMs} as delay_ms, 1 as count
        from callback_events where type <> 'test' and ${isInRowSpans(range, sql`created_at`)}
      union all
      -- Sums do not contain those that wait.
      select ${bucketOf(sql`created_at`, range.starts)}, 'pending', ${delayMs}, 1
        from callback_events
        where state = 'pending' and type <> 'test' and created_at >= ${firstOf(range.starts)}
          and not ${isInRowSpans(range, sql`created_at`)}
      union all
      select ${bucketOf(sql`hour`, range.starts)}, case series when 'event_dead' then 'dead' else 'delivered' end, ${msOfDelayStep}, count
        from ${sumsOf(range, { series: ['event_delivered', 'event_dead'] })}),
    counted as (select bucket, state, delay_ms, sum(count) as count from rows group by 1, 2, 3),
    spans as (
      select * from counted
      union all
      select 0, state, delay_ms, sum(count) from counted where bucket > 1 group by state, delay_ms),
    ranked as (
      select *, sum(count) over (partition by bucket order by delay_ms) as cumulative,
          sum(count) over (partition by bucket) as due
        from spans where count > 0)
    select bucket,
        coalesce(sum(count) filter (where state = 'delivered'), 0)::int as "deliveredCount",
        coalesce(sum(count) filter (where state = 'pending'), 0)::int as "pendingCount",
        coalesce(sum(count) filter (where state = 'dead'), 0)::int as "deadCount",
        ${percentile(0.5)} as "typicalDelayMs",
        ${percentile(0.95)} as "slowDelayMs"
      from ranked group by bucket`)
}

export type JoinCounts = {
  /** Quns whose room was created. */
  qunCount: number
  /** People who joined a qun, without its owner. */
  joinCount: number
}

/** Counts opened quns and joins by bucket. Empty buckets are omitted. */
export async function countJoins(db: Db, starts: Date[]) {
  return db.execute<JoinCounts & { bucket: number }>(sql`
    select bucket, sum(opened)::int as "qunCount", sum(joined)::int as "joinCount" from (
      select ${bucketOf(sql`opened_at`, starts)} as bucket, 1 as opened, 0 as joined
        from quns where opened_at >= ${firstOf(starts)}
      union all
      select ${bucketOf(sql`joined_at`, starts)}, 0, 1
        from memberships where joined_at >= ${firstOf(starts)} and role = 'member') as joins
      group by bucket`)
}

/** Counts the messages sent by each worker's robots in the last minute. Workers without any are omitted. */
export async function countSentByWorker(db: Db): Promise<Map<string, number>> {
  const rows = await db.execute<{ workerId: string; count: number }>(sql`
    select leases.worker_id as "workerId", count(*)::int as count
      from leases join messages on messages.robot_id = leases.robot_id
      where leases.worker_id is not null and messages.state = 'sent'
        and messages.finished_at > statement_timestamp() - interval '1 minute'
      group by 1`)
  return new Map([...rows].map(({ workerId, count }) => [workerId, count]))
}

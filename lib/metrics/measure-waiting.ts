import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { type FigureRange, isInRowSpans, rowsOnly, sumsOf } from '@/lib/metrics/figure-range'
import { bucketOf } from '@/lib/metrics/list-bucket-starts'

type Flow = { bucket: number; entered: number; left: number }

/** Returns the number of messages waiting to be sent at the end of each bucket; the last one ends now. */
export function measureWaitingMessages(db: Db, range: FigureRange): Promise<number[]> {
  const sums = sql`select ${bucketOf(sql`hour`, range.starts)},
      case series when 'accepted' then count else 0 end, case series when 'ended' then count else 0 end
    from ${sumsOf(range, { series: ['accepted', 'ended'] })}`
  return measureWaiting(db, range, sql`messages`, sql`state <> 'received'`, sql`state in ('queued', 'sending')`, sums)
}

/** Returns the number of commands waiting for a robot's owner at the end of each bucket; the last one ends now. */
export function measureWaitingCommands(db: Db, starts: Date[]): Promise<number[]> {
  return measureWaiting(db, rowsOnly(starts), sql`commands`, sql`true`, sql`state in ('queued', 'running')`)
}

/**
 * Computes backwards from the rows that wait now: subtracts those that entered later and adds those that left later. `sums` selects
 * the bucket and both numbers of the times that `range` does not count from rows.
 */
async function measureWaiting(db: Db, range: FigureRange, table: SQL, isOurs: SQL, isWaiting: SQL, sums?: SQL) {
  const inBucket = (timestamp: SQL) => bucketOf(timestamp, range.starts)
  // Waiting rows have a deadline of at most a day, so a row that left in a span entered at most a day before it.
  const flows = await db.execute<Flow>(sql`
    select bucket, sum(entered)::int as entered, sum(left_count)::int as left from (
      select ${inBucket(sql`created_at`)} as bucket, 1 as entered, 0 as left_count
        from ${table} where ${isOurs} and ${isInRowSpans(range, sql`created_at`)}
      union all
      select ${inBucket(sql`finished_at`)}, 0, 1
        from ${table} where ${isOurs} and ${isInRowSpans(range, sql`finished_at`, { createdAt: sql`created_at` })}
      ${sums ? sql`union all ${sums}` : sql``}) as flows
      group by bucket`)
  const [now] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${table} where ${isOurs} and ${isWaiting}`,
  )
  const depths: number[] = []
  let depth = now?.count ?? 0
  for (let bucket = range.starts.length; bucket >= 1; bucket--) {
    // The two queries do not see the same instant.
    depths.unshift(Math.max(0, depth))
    const flow = flows.find((row) => row.bucket === bucket)
    if (flow) depth += flow.left - flow.entered
  }
  return depths
}

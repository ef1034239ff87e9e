import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bucketOf, firstOf } from './list-bucket-starts'

type Flow = { bucket: number; enteredCount: number; leftCount: number }

/** How many messages wait to be sent at the end of each bucket, the last being now. */
export function measureWaitingMessages(db: Db, starts: Date[]): Promise<number[]> {
  return measureWaiting(db, starts, sql`messages`, sql`direction = 'out'`, sql`state in ('queued', 'sending')`)
}

/** How many commands wait for a robot's owner at the end of each bucket, the last being now. */
export function measureWaitingCommands(db: Db, starts: Date[]): Promise<number[]> {
  return measureWaiting(db, starts, sql`commands`, sql`true`, sql`state in ('queued', 'running')`)
}

/** Reckons back from what waits now: less what entered later, more what left later. */
async function measureWaiting(db: Db, starts: Date[], table: SQL, isOurs: SQL, isWaiting: SQL): Promise<number[]> {
  // What waits has a deadline, so nothing that left in the range had entered more than a day before it.
  const flows = await db.execute<Flow>(sql`
    with recent as (
      select created_at, finished_at from ${table}
        where ${isOurs} and created_at >= ${firstOf(starts)} - interval '1 day')
    select bucket, sum(entered)::int as "enteredCount", sum(gone)::int as "leftCount" from (
      select ${bucketOf(sql`created_at`, starts)} as bucket, 1 as entered, 0 as gone from recent
      union all
      select ${bucketOf(sql`finished_at`, starts)}, 0, 1 from recent where finished_at is not null) as flow
      group by bucket`)
  const [now] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${table} where ${isOurs} and ${isWaiting}`,
  )
  const byBucket = new Map(flows.map((flow) => [flow.bucket, flow]))
  const depths: number[] = []
  let depth = now?.count ?? 0
  for (let bucket = starts.length; bucket >= 1; bucket--) {
    // The two readings are not of the same instant.
    depths.unshift(Math.max(0, depth))
    const { enteredCount = 0, leftCount = 0 } = byBucket.get(bucket) ?? {}
    depth += leftCount - enteredCount
  }
  return depths
}

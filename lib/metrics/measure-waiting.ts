import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bucketOf, firstOf } from './list-bucket-starts'

type Flow = { enteredIn: number; leftIn: number | null; count: number }

/** How many messages wait to be sent at the end of each bucket, the last being now. */
export function measureWaitingMessages(db: Db, starts: Date[]): Promise<number[]> {
  return measureWaiting(db, starts, sql`messages`, sql`state <> 'received'`, sql`state in ('queued', 'sending')`)
}

/** How many commands wait for a robot's owner at the end of each bucket, the last being now. */
export function measureWaitingCommands(db: Db, starts: Date[]): Promise<number[]> {
  return measureWaiting(db, starts, sql`commands`, sql`true`, sql`state in ('queued', 'running')`)
}

/** Reckons back from what waits now: less what entered later, more what left later. */
async function measureWaiting(db: Db, starts: Date[], table: SQL, isOurs: SQL, isWaiting: SQL): Promise<number[]> {
  // What waits has a deadline, so nothing that left in the range had entered more than a day before it.
  const flows = await db.execute<Flow>(sql`
    select ${bucketOf(sql`created_at`, starts)} as "enteredIn", ${bucketOf(sql`finished_at`, starts)} as "leftIn",
        count(*)::int as count
      from ${table}
      where ${isOurs} and created_at >= ${firstOf(starts)} - interval '1 day'
      group by 1, 2`)
  const [now] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from ${table} where ${isOurs} and ${isWaiting}`,
  )
  const depths: number[] = []
  let depth = now?.count ?? 0
  for (let bucket = starts.length; bucket >= 1; bucket--) {
    // The two readings are not of the same instant.
    depths.unshift(Math.max(0, depth))
    for (const { enteredIn, leftIn, count } of flows)
      depth += count * (Number(leftIn === bucket) - Number(enteredIn === bucket))
  }
  return depths
}

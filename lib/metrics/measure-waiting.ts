import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { bucketOf, firstOf } from '@/lib/metrics/list-bucket-starts'

type Flow = { enteredIn: number; leftIn: number | null; count: number }

/** Returns the number of messages waiting to be sent at the end of each bucket; the last one ends now. */
export function measureWaitingMessages(db: Db, starts: Date[]): Promise<number[]> {
  return measureWaiting(db, starts, sql`messages`, sql`state <> 'received'`, sql`state in ('queued', 'sending')`)
}

/** Returns the number of commands waiting for a robot's owner at the end of each bucket; the last one ends now. */
export function measureWaitingCommands(db: Db, starts: Date[]): Promise<number[]> {
  return measureWaiting(db, starts, sql`commands`, sql`true`, sql`state in ('queued', 'running')`)
}

/** Computes backwards from the rows that wait now: subtracts those that entered later and adds those that left later. */
async function measureWaiting(db: Db, starts: Date[], table: SQL, isOurs: SQL, isWaiting: SQL): Promise<number[]> {
  // Waiting rows have a deadline of at most a day, so a row that left in the range entered at most a day before it.
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
    // The two queries do not see the same instant.
    depths.unshift(Math.max(0, depth))
    for (const { enteredIn, leftIn, count } of flows)
      depth += count * (Number(leftIn === bucket) - Number(enteredIn === bucket))
  }
  return depths
}

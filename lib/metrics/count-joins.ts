import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bucketOf, firstOf } from './list-bucket-starts'

export type JoinCounts = {
  /** Quns whose room was made. */
  qunCount: number
  /** People who got into one, without its owner. */
  joinCount: number
}

/** Counts quns opened and people who joined one by bucket; buckets without any are left out. */
export async function countJoins(db: Db, starts: Date[]) {
  return db.execute<JoinCounts & { bucket: number }>(sql`
    select bucket, sum(opened)::int as "qunCount", sum(joined)::int as "joinCount" from (
      select ${bucketOf(sql`opened_at`, starts)} as bucket, 1 as opened, 0 as joined
        from quns where opened_at >= ${firstOf(starts)}
      union all
      select ${bucketOf(sql`joined_at`, starts)}, 0, 1
        from memberships where joined_at >= ${firstOf(starts)} and role = 'member') as news
      group by bucket`)
}

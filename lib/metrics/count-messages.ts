import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { bucketOf, firstOf } from './list-bucket-starts'

export type MessageCounts = {
  receivedCount: number
  sentCount: number
  /** Refused, or nobody knows whether they arrived. */
  failedCount: number
}

/** Counts messages by the bucket in which they were said or accepted; buckets without any are left out. */
export async function countMessages(db: Db, starts: Date[]) {
  return db.execute<MessageCounts & { bucket: number }>(sql`
    select ${bucketOf(sql`created_at`, starts)} as bucket,
        (count(*) filter (where state = 'received'))::int as "receivedCount",
        (count(*) filter (where state = 'sent'))::int as "sentCount",
        (count(*) filter (where state in ('refused', 'unknown')))::int as "failedCount"
      from messages
      where created_at >= ${firstOf(starts)}
      group by 1`)
}

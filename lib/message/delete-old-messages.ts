import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/**
 * Deletes one batch of old messages and their media; returns how many. Messages that are queued or being sent stay. An index
 * finds them, which the volatile `clock_timestamp()` would prevent.
 */
export async function deleteOldMessages(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from messages where id in (
      select id from messages
        where created_at < statement_timestamp() - make_interval(days => ${olderThanDays})
          and state not in ('queued', 'sending')
        order by created_at limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}

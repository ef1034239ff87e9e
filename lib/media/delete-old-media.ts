import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/** Deletes files that arrived long ago, one batch; returns how many. Their links answer 404 from then on. */
export async function deleteOldMedia(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from media where id in (
      select id from media where created_at < clock_timestamp() - make_interval(days => ${olderThanDays})
        order by created_at limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}

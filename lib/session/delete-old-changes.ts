import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/** Deletes old changes, one batch, but for a robot's latest, which says how it is now; returns how many. */
export async function deleteOldChanges(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from session_changes where id in (
      select id from session_changes as old where at < clock_timestamp() - make_interval(days => ${olderThanDays})
        and exists (select 1 from session_changes as later where later.robot_id = old.robot_id and later.id > old.id)
      order by at limit ${batchSize})
      returning 1`)
  return rows.length
}

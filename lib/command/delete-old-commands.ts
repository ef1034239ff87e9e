import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/** Deletes commands that ended long ago, one batch; returns how many. */
export async function deleteOldCommands(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from commands where id in (
      select id from commands, make_interval(days => ${olderThanDays}) as age
        where created_at < clock_timestamp() - age and finished_at < clock_timestamp() - age
        order by created_at limit ${batchSize} for update of commands skip locked)
      returning 1`)
  return rows.length
}

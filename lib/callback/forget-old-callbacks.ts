import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

type Batch = { olderThanDays: number; batchSize: number }

/** Empties what endpoints answered long ago, one batch; returns how many. */
export async function forgetOldAnswers(db: Db, { olderThanDays, batchSize }: Batch): Promise<number> {
  const rows = await db.execute(sql`
    update callback_attempts set answer_excerpt = '' where id in (
      select id from callback_attempts
        where answer_excerpt <> '' and started_at < clock_timestamp() - make_interval(days => ${olderThanDays})
        order by started_at limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}

/**
 * Deletes callbacks that ended long ago with their tries, one batch; returns how many. One that waits goes only when it
 * has been due for as long, behind an endpoint that nobody resumed.
 */
export async function deleteOldEvents(db: Db, { olderThanDays, batchSize }: Batch): Promise<number> {
  const rows = await db.execute(sql`
    delete from callback_events where id in (
      select id from callback_events, make_interval(days => ${olderThanDays}) as age
        where created_at < clock_timestamp() - age and coalesce(finished_at, next_attempt_at) < clock_timestamp() - age
        order by created_at limit ${batchSize} for update of callback_events skip locked)
      returning 1`)
  return rows.length
}

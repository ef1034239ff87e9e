import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

type Batch = { olderThanDays: number; batchSize: number }

/** Deletes old response excerpts, one batch. Returns the number of attempts. */
export async function deleteOldResponses(db: Db, { olderThanDays, batchSize }: Batch): Promise<number> {
  const rows = await db.execute(sql`
    update callback_attempts set response_excerpt = '' where id in (
      select id from callback_attempts
        where response_excerpt <> '' and started_at < statement_timestamp() - make_interval(days => ${olderThanDays})
        order by started_at limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}

/**
 * Deletes old finished events with their attempts, one batch, and returns their number. A waiting event is deleted only if it
 * has been due for the same time, at an endpoint that was not resumed.
 */
export async function deleteOldEvents(db: Db, { olderThanDays, batchSize }: Batch): Promise<number> {
  const rows = await db.execute(sql`
    delete from callback_events where id in (
      select id from callback_events, make_interval(days => ${olderThanDays}) as age
        where created_at < statement_timestamp() - age and coalesce(finished_at, next_attempt_at) < statement_timestamp() - age
        order by created_at limit ${batchSize} for update of callback_events skip locked)
      returning 1`)
  return rows.length
}

import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/** Milliseconds until a lane's next try that lies ahead; null without one. Tries already due are not counted. */
export async function nextDueInMs(db: Db, { lane }: { lane: string }): Promise<number | null> {
  const [row] = await db.execute<{ waitMs: number }>(sql`
    select (extract(epoch from next_attempt_at - clock_timestamp()) * 1000)::float8 as "waitMs"
      from callback_events
      where lane = ${lane} and state = 'pending' and next_attempt_at > (select clock_timestamp())
      order by next_attempt_at limit 1`)
  return row ? Math.max(0, row.waitMs) : null
}

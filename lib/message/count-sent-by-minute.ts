import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/** Counts what a robot sent in each of the last `minutes`, the one under way included, the oldest first. */
export async function countSentByMinute(db: Db, { robotId, minutes }: { robotId: string; minutes: number }) {
  const rows = await db.execute<{ startsAt: Date; count: number }>(sql`
    with span as (
      select generate_series(this - make_interval(mins => ${minutes - 1}), this, interval '1 minute') as starts_at
      from (select date_trunc('minute', clock_timestamp()) as this) as now
    ), sent as (
      select date_trunc('minute', finished_at) as starts_at, count(*)::int as count from messages
      where robot_id = ${robotId} and state = 'sent' and finished_at >= (select min(starts_at) from span) group by 1
    )
    select starts_at as "startsAt", coalesce(count, 0) as count from span left join sent using (starts_at) order by 1`)
  return [...rows].map((row) => ({ startsAt: new Date(row.startsAt), count: row.count }))
}

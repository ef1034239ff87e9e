import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/** `day` as YYYY-MM-DD. */
export type Arrivals = { day: string; opened: number; joined: number }

/** Counts who opened a qun's page and who joined, by day in `timeZone`, the oldest first, today last; the owner is not counted. */
export async function countArrivals(
  db: Db,
  { qunId, days, timeZone }: { qunId: string; days: number; timeZone: string },
): Promise<Arrivals[]> {
  const rows = await db.execute<Arrivals>(sql`
    with days as (
      select (now() at time zone ${timeZone})::date - back as day from generate_series(0, ${days - 1}::int) as back),
    visits as (
      select (first_at at time zone ${timeZone})::date as day, count(*)::int as opened
        from qun_visits where qun_id = ${qunId} group by 1),
    joins as (
      select (joined_at at time zone ${timeZone})::date as day, count(*)::int as joined
        from memberships where qun_id = ${qunId} and role = 'member' and joined_at is not null group by 1)
    select day::text as day, coalesce(opened, 0) as opened, coalesce(joined, 0) as joined
      from days left join visits using (day) left join joins using (day) order by day`)
  return [...rows].map(({ day, opened, joined }) => ({ day, opened, joined }))
}

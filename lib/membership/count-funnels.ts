import { inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { memberships } from '@/lib/db/schema/membership'
import { qunVisits } from '@/lib/db/schema/qun'

/** Numbers of people who opened the join page, became contacts and joined, without the owner. */
export type Funnel = { opened: number; added: number; joined: number }

export async function countFunnels(db: Db, { qunIds }: { qunIds: string[] }): Promise<Map<string, Funnel>> {
  const funnels = new Map(qunIds.map((qunId) => [qunId, { opened: 0, added: 0, joined: 0 }]))
  if (qunIds.length === 0) return funnels
  const visits = await db
    .select({ qunId: qunVisits.qunId, opened: sql<number>`count(*)::int` })
    .from(qunVisits)
    .where(inArray(qunVisits.qunId, qunIds))
    .groupBy(qunVisits.qunId)
  const members = await db
    .select({
      qunId: memberships.qunId,
      added: sql<number>`(count(*) filter (where ${memberships.acceptedAt} is not null))::int`,
      joined: sql<number>`(count(*) filter (where ${memberships.joinedAt} is not null))::int`,
    })
    .from(memberships)
    .where(sql`${inArray(memberships.qunId, qunIds)} and ${memberships.role} = 'member'`)
    .groupBy(memberships.qunId)
  for (const { qunId, ...counts } of [...visits, ...members]) Object.assign(funnels.get(qunId) ?? {}, counts)
  return funnels
}

/** `day` is YYYY-MM-DD. */
export type DailyFunnel = { day: string; opened: number; joined: number }

/** Counts the people who opened a qun's join page and who joined, per day in `timeZone`, oldest first up to today, without the owner. */
export async function countDailyFunnel(
  db: Db,
  { qunId, days, timeZone }: { qunId: string; days: number; timeZone: string },
): Promise<DailyFunnel[]> {
  const rows = await db.execute<DailyFunnel>(sql`
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

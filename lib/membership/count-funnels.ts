import { inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { memberships } from '../db/schema/membership'
import { qunVisits } from '../db/schema/qun'

/** How many people opened the page, became contacts and got in; the owner is not counted. */
export type Funnel = { opened: number; added: number; joined: number }

/** The funnel of each of these quns. */
export async function countFunnels(db: Db, { qunIds }: { qunIds: string[] }): Promise<Map<string, Funnel>> {
  const funnels = new Map(qunIds.map((qunId) => [qunId, { opened: 0, added: 0, joined: 0 }]))
  if (qunIds.length === 0) return funnels
  const visits = await db
    .select({ qunId: qunVisits.qunId, opened: sql<number>`count(*)::int` })
    .from(qunVisits)
    .where(inArray(qunVisits.qunId, qunIds))
    .groupBy(qunVisits.qunId)
  const people = await db
    .select({
      qunId: memberships.qunId,
      added: sql<number>`(count(*) filter (where ${memberships.acceptedAt} is not null))::int`,
      joined: sql<number>`(count(*) filter (where ${memberships.joinedAt} is not null))::int`,
    })
    .from(memberships)
    .where(sql`${inArray(memberships.qunId, qunIds)} and ${memberships.role} = 'member'`)
    .groupBy(memberships.qunId)
  for (const { qunId, ...counts } of [...visits, ...people]) Object.assign(funnels.get(qunId) ?? {}, counts)
  return funnels
}

import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { applicationLane } from './lane'

export type Backlog = { count: number; oldestAt: Date | null }

/** Measures what waits for applications' endpoints: how many, and since when the oldest; one that has nothing is left out. */
export async function measureBacklogs(
  db: Db,
  { applicationIds }: { applicationIds: string[] },
): Promise<Map<string, Backlog>> {
  const lanes = new Map(applicationIds.map((id) => [applicationLane(id), id]))
  if (lanes.size === 0) return new Map()
  const names = sql.join(
    [...lanes.keys()].map((lane) => sql`${lane}`),
    sql`, `,
  )
  const rows = await db.execute<{ lane: string; count: number; oldestAtMs: number }>(sql`
    select lane, count(*)::int as count, (extract(epoch from min(created_at)) * 1000)::float8 as "oldestAtMs"
      from callback_events where state = 'pending' and lane in (${names}) group by lane`)
  return new Map(
    rows.map(({ lane, count, oldestAtMs }) => [lanes.get(lane) ?? '', { count, oldestAt: new Date(oldestAtMs) }]),
  )
}

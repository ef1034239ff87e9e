import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { type FirstRows, firstRows } from './first-rows'

export type FailedQun = { id: string; name: string; failure: string; sinceMs: number }

/** Lists quns whose room could not be made, those that wait the longest first. */
export async function listFailedQuns(db: Db, { limit }: { limit: number }): Promise<FirstRows<FailedQun>> {
  return firstRows(
    await db.execute<FailedQun & { total: number }>(sql`
      select qun.id, qun.name, qun.failure, count(*) over ()::int as total,
          (extract(epoch from qun.created_at) * 1000)::float8 as "sinceMs"
        from quns as qun join robots as robot on robot.id = qun.robot_id and robot.deleted_at is null
        where qun.state = 'pending' and qun.failure <> ''
        order by qun.created_at, qun.id limit ${limit}`),
  )
}

import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { type FirstRows, firstRows } from './first-rows'

export type UnknownSends = { id: string; nickname: string; username: string; count: number; sinceMs: number }

/** Lists robots with sends of the last day that nobody knows the outcome of: only their phone shows it. The latest first. */
export async function listUnknownSends(db: Db, { limit }: { limit: number }): Promise<FirstRows<UnknownSends>> {
  return firstRows(
    await db.execute<UnknownSends & { total: number }>(sql`
      select robot.id, robot.nickname, robot.username, unknown.count, count(*) over ()::int as total,
          (extract(epoch from unknown.latest) * 1000)::float8 as "sinceMs"
        from (select robot_id, count(*)::int as count, max(finished_at) as latest
            from messages
            where state = 'unknown' and finished_at > clock_timestamp() - interval '1 day'
            group by robot_id) as unknown
        join robots as robot on robot.id = unknown.robot_id and robot.deleted_at is null
        order by unknown.latest desc, robot.id limit ${limit}`),
  )
}

import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { type FirstRows, firstRows } from './first-rows'

export type RobotInDoubt = { id: string; nickname: string; username: string; count: number; sinceMs: number }

/** Lists robots with rooms that an operator has to know again, those that wait the longest first. */
export async function listRobotsInDoubt(db: Db, { limit }: { limit: number }): Promise<FirstRows<RobotInDoubt>> {
  return firstRows(
    await db.execute<RobotInDoubt & { total: number }>(sql`
      select robot.id, robot.nickname, robot.username, count(*)::int as count, count(*) over ()::int as total,
          (extract(epoch from min(room.created_at)) * 1000)::float8 as "sinceMs"
        from rooms as room join robots as robot on robot.id = room.robot_id and robot.deleted_at is null
        where room.is_doubtful and room.gone_at is null
          and exists (select from room_candidates as candidate where candidate.room_id = room.id)
        group by robot.id order by min(room.created_at), robot.id limit ${limit}`),
  )
}

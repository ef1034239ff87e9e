import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** Messages and commands that wait for robots now. */
export type Backlog = {
  messageCount: number
  commandCount: number
  /** Creation time of the oldest one; null: nothing waits. */
  oldestMs: number | null
  /** Robots with the oldest waiting messages. */
  robots: { id: string; nickname: string; username: string; messageCount: number; oldestMs: number }[]
}

/** Returns the backlog, with the `limit` robots that are furthest behind. */
export async function readBacklog(db: Db, { limit }: { limit: number }): Promise<Backlog> {
  const robots = await db.execute<Backlog['robots'][number] & { total: number }>(sql`
    select robot.id, robot.nickname, robot.username, waiting.count as "messageCount",
        (extract(epoch from waiting.oldest) * 1000)::float8 as "oldestMs",
        (sum(waiting.count) over ())::int as total
      from (select robot_id, count(*)::int as count, min(created_at) as oldest
          from messages where state in ('queued', 'sending') group by robot_id) as waiting
      join robots as robot on robot.id = waiting.robot_id
      order by waiting.oldest limit ${limit}`)
  const [commands] = await db.execute<{ count: number; oldestMs: number | null }>(sql`
    select count(*)::int as count, (extract(epoch from min(created_at)) * 1000)::float8 as "oldestMs"
      from commands where state in ('queued', 'running')`)
  const oldest = [robots[0]?.oldestMs, commands?.oldestMs].filter((ms) => typeof ms === 'number')
  return {
    messageCount: robots[0]?.total ?? 0,
    commandCount: commands?.count ?? 0,
    oldestMs: oldest.length > 0 ? Math.min(...oldest) : null,
    robots: robots.map(({ id, nickname, username, messageCount, oldestMs }) => ({
      id,
      nickname,
      username,
      messageCount,
      oldestMs,
    })),
  }
}

import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

export type FirstSteps = {
  hasApplication: boolean
  /** An online robot, otherwise the newest; null: none. */
  robotId: string | null
  hasOnline: boolean
  hasMessage: boolean
}

/** Returns the progress of a new installation in one query. */
export async function readFirstSteps(db: Db): Promise<FirstSteps> {
  const [steps] = await db.execute<FirstSteps>(sql`
    with robot as (
      select robot.id, live.robot_id is not null as is_online
        from robots as robot left join sessions as live on live.robot_id = robot.id and live.state = 'online'
        where robot.deleted_at is null order by live.robot_id is null, robot.created_at desc limit 1)
    select exists (select from applications) as "hasApplication",
        (select id from robot) as "robotId",
        coalesce((select is_online from robot), false) as "hasOnline",
        exists (select from messages) as "hasMessage"`)
  if (!steps) throw new Error('a query without a table returns one row')
  return steps
}

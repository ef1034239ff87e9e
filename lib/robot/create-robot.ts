import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { newId } from '@/lib/id'
import { getRobotOrThrow } from './get-robot'
import type { RobotView } from './robot-view'

/**
 * Creates a robot, or returns the application's robot of that username; two calls at once get the same one.
 * @param options.username trimmed and checked by `robotUsername`. Spec: 创建微信机器人, A6.
 */
export async function createRobot(db: Db, options: { applicationId: string; username: string }): Promise<RobotView> {
  const { applicationId, username } = options
  const [row] = await db
    .insert(robots)
    .values({ id: newId('robot'), applicationId, username })
    .onConflictDoUpdate({
      target: [robots.applicationId, robots.username],
      targetWhere: sql`deleted_at is null`,
      set: { username },
    })
    .returning({ id: robots.id })
  return getRobotOrThrow(db, { applicationId, robotId: row?.id ?? '' })
}

import { asc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import type { RobotConnection } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { isRobotId } from '@/lib/robot/get-robot'
import { matchesText } from '@/lib/robot/list-robots'
import { type RobotRow, type RobotStatus, robotStatusOf, selectRobots } from '@/lib/robot/robot-view'

type Filters = {
  applicationId: string
  status?: RobotStatus | undefined
  connection?: RobotConnection | undefined
  /** Part of the nickname, the 微信号 or the agent_id, or the complete id. */
  search?: string | undefined
}

/**
 * Lists an application's robots in the order of their ids, after the robot `cursor`: robots created or deleted between two pages move
 * no other. `nextCursor` is null on the last page. @throws INVALID_PARAMETER if `cursor` is not the id of a robot.
 */
export async function listRobotsAfter(
  db: Db,
  {
    cursor,
    limit,
    applicationId,
    status,
    connection,
    search,
  }: Filters & { cursor?: string | undefined; limit: number },
): Promise<{ rows: RobotRow[]; nextCursor: string | null }> {
  if (cursor !== undefined && !isRobotId(cursor))
    throw new AppError('INVALID_PARAMETER', { reason: 'cursor_invalid', parameter: 'cursor' })
  const rows = await selectRobots(
    db,
    eq(robots.applicationId, applicationId),
    cursor === undefined ? undefined : gt(robots.id, cursor),
    status && sql`${robotStatusOf} = ${status}`,
    connection && eq(robots.connection, connection),
    search ? matchesText(search) : undefined,
  )
    .orderBy(asc(robots.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

import { asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import type { RobotConnection } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { isRobotId } from '@/lib/robot/get-robot'
import { matchesText } from '@/lib/robot/list-robots'
import { type RobotRow, type RobotStatus, robotStatusOf, selectRobots } from '@/lib/robot/robot-view'

type Filters = {
  applicationId: string
  /** Only these robots; null: all. */
  robotIds?: string[] | null
  status?: RobotStatus | undefined
  connection?: RobotConnection | undefined
  /** Part of the nickname, the 微信号 or the agent_id, or the complete id. */
  search?: string | undefined
}

/**
 * Lists an application's robots by id, after the id `cursor`, so that a robot created or deleted between two calls does not shift the next
 * page. `nextCursor` is null on the last page. @throws INVALID_PARAMETER if `cursor` does not have the form of a robot id.
 */
export async function listRobotPage(
  db: Db,
  {
    cursor,
    limit,
    applicationId,
    robotIds,
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
    robotIds ? inArray(robots.id, robotIds) : undefined,
    status && sql`${robotStatusOf} = ${status}`,
    connection && eq(robots.connection, connection),
    search ? matchesText(search) : undefined,
  )
    .orderBy(asc(robots.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

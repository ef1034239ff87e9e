import { eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { companions } from '@/lib/db/schema/contact'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { isInScope, type RobotScope } from '@/lib/robot/robot-scope'
import { type RobotRow, selectRobots } from '@/lib/robot/robot-view'

/**
 * Returns the assistant with this 微信号, unique in the installation.
 * @throws ASSISTANT_NOT_FOUND if there is no such robot, it is not an assistant, or it is outside of `scope`. Spec: B1 (responses and errors), B3 (assistant).
 */
export async function getAssistantOrThrow(
  db: Db,
  { username, scope }: { username: string; scope?: RobotScope | undefined },
): Promise<RobotRow & { companionCount: number }> {
  const isAllowed = scope && isInScope(scope)
  const [robot] = await selectRobots(db, eq(robots.username, username), eq(robots.isAssistant, true), isAllowed)
  if (!robot) throw new AppError('ASSISTANT_NOT_FOUND', { reason: 'assistant_not_found', parameter: 'assistant' })
  const counts = await countCompanions(db, [robot.id])
  return { ...robot, companionCount: counts.get(robot.id)?.companionCount ?? 0 }
}

/** Lists a maximum of `limit` assistants by name, with the number of their companions and of those that are identified. */
export async function listAssistants(
  db: Db,
  { limit }: { limit: number },
): Promise<(RobotRow & { companionCount: number; foundCount: number })[]> {
  const name = sql`coalesce(nullif(${robots.nickname}, ''), ${robots.username})`
  const rows = await selectRobots(db, eq(robots.isAssistant, true)).orderBy(name, robots.id).limit(limit)
  const counts = await countCompanions(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((robot) => ({ ...robot, ...(counts.get(robot.id) ?? { companionCount: 0, foundCount: 0 }) }))
}

/** Counts the companions of assistants, and those that are identified. */
export async function countCompanions(
  db: Db,
  robotIds: string[],
): Promise<Map<string, { companionCount: number; foundCount: number }>> {
  if (robotIds.length === 0) return new Map()
  const rows = await db
    .select({
      robotId: companions.robotId,
      companionCount: sql<number>`count(*)::int`,
      foundCount: sql<number>`count(${companions.contactId})::int`,
    })
    .from(companions)
    .where(inArray(companions.robotId, robotIds))
    .groupBy(companions.robotId)
  return new Map(rows.map(({ robotId, ...counts }) => [robotId, counts]))
}

/** Returns whether a robot is an assistant. Reads by primary key, because each wake of a robot calls it. */
export async function isAssistant(db: Db, { robotId }: { robotId: string }): Promise<boolean> {
  const [robot] = await db.select({ isAssistant: robots.isAssistant }).from(robots).where(eq(robots.id, robotId))
  return robot?.isAssistant ?? false
}

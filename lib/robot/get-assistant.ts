import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { companions } from '@/lib/db/schema/contact'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { type RobotView, selectRobotViews } from './robot-view'

/**
 * Finds the assistant of this 微信号, unique in the installation.
 * @throws ASSISTANT_NOT_FOUND when there is no such robot or it is not marked as assistant. Spec: B1, B3.
 */
export async function getAssistantOrThrow(
  db: Db,
  { username }: { username: string },
): Promise<RobotView & { companionCount: number }> {
  const [robot] = await selectRobotViews(db, eq(robots.username, username), eq(robots.isAssistant, true))
  if (!robot) throw new AppError('ASSISTANT_NOT_FOUND', '助手不存在，或没有设为群助手', { parameter: 'assistant' })
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(companions)
    .where(eq(companions.robotId, robot.id))
  return { ...robot, companionCount: row?.count ?? 0 }
}

/** Tells whether a robot makes quns; asked at each wake, so by the key alone. */
export async function isAssistant(db: Db, { robotId }: { robotId: string }): Promise<boolean> {
  const [robot] = await db.select({ isAssistant: robots.isAssistant }).from(robots).where(eq(robots.id, robotId))
  return robot?.isAssistant ?? false
}

import { eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { companions } from '@/lib/db/schema/contact'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { type RobotRow, selectRobots } from '@/lib/robot/robot-view'

/**
 * Returns the assistant with this 微信号, unique in the installation.
 * @throws ASSISTANT_NOT_FOUND if there is no such robot or it is not an assistant. Spec: B1 (responses and errors), B3 (assistant).
 */
export async function getAssistantOrThrow(
  db: Db,
  { username }: { username: string },
): Promise<RobotRow & { companionCount: number }> {
  const [robot] = await selectRobots(db, eq(robots.username, username), eq(robots.isAssistant, true))
  if (!robot) throw new AppError('ASSISTANT_NOT_FOUND', { reason: 'assistant_not_found', parameter: 'assistant' })
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(companions)
    .where(eq(companions.robotId, robot.id))
  return { ...robot, companionCount: row?.count ?? 0 }
}

/** Returns whether a robot is an assistant, by primary key, because every wake asks. */
export async function isAssistant(db: Db, { robotId }: { robotId: string }): Promise<boolean> {
  const [robot] = await db.select({ isAssistant: robots.isAssistant }).from(robots).where(eq(robots.id, robotId))
  return robot?.isAssistant ?? false
}

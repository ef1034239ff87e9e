import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { getAnyRobotOrThrow } from './get-robot'
import type { RobotView } from './robot-view'

type RobotChange = {
  robotId: string
  /** Messages a minute; 0 = as fast as WeChat takes them. */
  sendRatePerMinute?: number | undefined
  /** null = none; the bindings follow at the next sync. */
  agentId?: string | null | undefined
}

/** Changes what is given of a robot and returns it as it is then. @throws ROBOT_NOT_FOUND when there is none. */
export async function updateRobot(tx: Db, options: RobotChange): Promise<RobotView> {
  const { robotId, ...change } = options
  if (Object.values(change).some((value) => value !== undefined))
    await tx
      .update(robots)
      .set(change)
      .where(and(eq(robots.id, robotId), isNull(robots.deletedAt)))
  return getAnyRobotOrThrow(tx, { robotId })
}

import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { getAnyRobotOrThrow } from './get-robot'
import type { RobotView } from './robot-view'

type RobotChange = {
  robotId: string
  /** Messages a minute; 0 = as fast as WeChat takes them. */
  sendRatePerMinute?: number | undefined
  /** 0 to 50. */
  sendJitterPercent?: number | undefined
  /** null = none; the bindings follow at the next sync. */
  agentId?: string | null | undefined
  /** 群助手; its username must then be no other assistant's (B3). */
  isAssistant?: boolean | undefined
}

/** Changes what is given of a robot and returns it as it is then. @throws ROBOT_NOT_FOUND when there is none, ILLEGAL_ACTION for a second assistant of one username. */
export async function updateRobot(tx: Db, options: RobotChange): Promise<RobotView> {
  const { robotId, ...change } = options
  if (change.isAssistant) await refuseTwin(tx, robotId)
  if (Object.values(change).some((value) => value !== undefined))
    await tx
      .update(robots)
      .set(change)
      .where(and(eq(robots.id, robotId), isNull(robots.deletedAt)))
  return getAnyRobotOrThrow(tx, { robotId })
}

async function refuseTwin(tx: Db, robotId: string): Promise<void> {
  const { username } = await getAnyRobotOrThrow(tx, { robotId })
  const [twin] = await tx
    .select({ id: robots.id })
    .from(robots)
    .where(
      and(
        eq(robots.username, username),
        ne(robots.id, robotId),
        eq(robots.isAssistant, true),
        isNull(robots.deletedAt),
      ),
    )
  if (twin) throw new AppError('ILLEGAL_ACTION', `已有微信号为 ${username} 的群助手`)
}

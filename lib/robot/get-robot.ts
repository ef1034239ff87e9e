import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { type RobotView, selectRobotViews } from './robot-view'

/**
 * Finds an application's robot.
 * @throws ROBOT_NOT_FOUND when there is none, it is deleted or it is another application's. Spec: A4.
 */
export async function getRobotOrThrow(db: Db, options: { applicationId: string; robotId: string }): Promise<RobotView> {
  return find(db, options.robotId, options.applicationId)
}

/** Finds a robot of any application, for operators. @throws ROBOT_NOT_FOUND when there is none or it is deleted. */
export async function getAnyRobotOrThrow(db: Db, options: { robotId: string }): Promise<RobotView> {
  return find(db, options.robotId)
}

async function find(db: Db, robotId: string, applicationId?: string): Promise<RobotView> {
  // A path may hold bytes that Postgres refuses in a text; no id of ours does.
  const isOurs = /^rbt_\w+$/.test(robotId)
  const ofApplication = applicationId === undefined ? undefined : eq(robots.applicationId, applicationId)
  const [robot] = isOurs ? await selectRobotViews(db, eq(robots.id, robotId), ofApplication) : []
  if (!robot) throw new AppError('ROBOT_NOT_FOUND', '机器人不存在', { parameter: 'robot_id' })
  return robot
}

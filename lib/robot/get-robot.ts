import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import { type RobotRow, selectRobots } from '@/lib/robot/robot-view'

/**
 * Returns a robot of an application.
 * @throws ROBOT_NOT_FOUND if it does not exist, is deleted or belongs to another application. Spec: A4 (tenants).
 */
export async function getRobotOrThrow(db: Db, options: { applicationId: string; robotId: string }): Promise<RobotRow> {
  return find(db, options.robotId, options.applicationId)
}

/** Returns a robot of any application, for operators. @throws ROBOT_NOT_FOUND if it does not exist or is deleted. */
export async function getAnyRobotOrThrow(db: Db, options: { robotId: string }): Promise<RobotRow> {
  return find(db, options.robotId)
}

async function find(db: Db, robotId: string, applicationId?: string): Promise<RobotRow> {
  const ofApplication = applicationId === undefined ? undefined : eq(robots.applicationId, applicationId)
  const [robot] = isRobotId(robotId) ? await selectRobots(db, eq(robots.id, robotId), ofApplication) : []
  if (!robot) throw robotNotFound()
  return robot
}

/** Returns whether a text may be the id of a robot. A path may contain bytes that Postgres refuses; a valid id does not. */
export function isRobotId(text: string): boolean {
  return /^rbt_\w+$/.test(text)
}

export function robotNotFound(): AppError {
  return new AppError('ROBOT_NOT_FOUND', { reason: 'robot_not_found', parameter: 'robot_id' })
}

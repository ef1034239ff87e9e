import { desc, eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { type RobotView, selectRobotViews } from './robot-view'

/** Lists robots, newest first: an application's, or all. */
export async function listRobots(db: Db, options: { applicationId?: string | undefined } = {}): Promise<RobotView[]> {
  const { applicationId } = options
  const ofApplication = applicationId === undefined ? undefined : eq(robots.applicationId, applicationId)
  return selectRobotViews(db, ofApplication).orderBy(desc(robots.createdAt), desc(robots.id))
}

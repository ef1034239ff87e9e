import { desc, eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { quns } from '../db/schema/qun'
import { type QunView, selectQunViews } from './qun-view'

/** Lists quns, newest first: all, or an assistant's. */
export async function listQuns(
  db: Db,
  { robotId, limit = 200 }: { robotId?: string | undefined; limit?: number } = {},
): Promise<QunView[]> {
  const ofRobot = robotId === undefined ? undefined : eq(quns.robotId, robotId)
  return selectQunViews(db).where(ofRobot).orderBy(desc(quns.createdAt), desc(quns.id)).limit(limit)
}

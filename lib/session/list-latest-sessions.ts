import { desc, inArray } from 'drizzle-orm'
import type { Db } from '../db/client'
import { sessions } from '../db/schema/session'

/** The latest session of each robot, live or ended, without its credentials; robots that never logged in are left out. */
export async function listLatestSessions(db: Db, { robotIds }: { robotIds: string[] }) {
  if (robotIds.length === 0) return []
  return db
    .selectDistinctOn([sessions.robotId], {
      robotId: sessions.robotId,
      state: sessions.state,
      endReason: sessions.endReason,
      stateChangedAt: sessions.stateChangedAt,
      endedAt: sessions.endedAt,
    })
    .from(sessions)
    .where(inArray(sessions.robotId, robotIds))
    .orderBy(sessions.robotId, desc(sessions.createdAt))
}

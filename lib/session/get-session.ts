import { and, desc, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { sessions } from '@/lib/db/schema/session'

/** A stored session; `credentialsSealed` is sealed with the context `session:<id>`. */
export type Session = typeof sessions.$inferSelect

/** Returns a robot's session that has not ended, including a login in progress, or null. */
export async function getLiveSession(db: Db, { robotId }: { robotId: string }): Promise<Session | null> {
  const [session] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.robotId, robotId), ne(sessions.state, 'ended')))
  return session ?? null
}

/** Returns a robot's latest session, live or ended; null: not yet logged in. */
export async function getLastSession(db: Db, { robotId }: { robotId: string }): Promise<Session | null> {
  const [session] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.robotId, robotId))
    .orderBy(desc(sessions.createdAt))
    .limit(1)
  return session ?? null
}

/** Lists the latest session of each robot, live or ended, without credentials; omits robots that never logged in. */
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

export async function getSessionByQrKey(db: Db, qrKey: string): Promise<Session | null> {
  const [session] = await db.select().from(sessions).where(eq(sessions.qrKey, qrKey))
  return session ?? null
}

/** Returns the sealed credentials of a robot's latest ended session; null: none are stored. */
export async function getLastCredentials(
  db: Db,
  { robotId }: { robotId: string },
): Promise<{ sessionId: string; credentialsSealed: string } | null> {
  const [last] = await db
    .select({ sessionId: sessions.id, credentialsSealed: sessions.credentialsSealed })
    .from(sessions)
    .where(and(eq(sessions.robotId, robotId), eq(sessions.state, 'ended'), isNotNull(sessions.credentialsSealed)))
    .orderBy(desc(sessions.createdAt))
    .limit(1)
  return last?.credentialsSealed ? { sessionId: last.sessionId, credentialsSealed: last.credentialsSealed } : null
}

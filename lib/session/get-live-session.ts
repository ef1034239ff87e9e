import { and, eq, ne } from 'drizzle-orm'
import type { Db } from '../db/client'
import { sessions } from '../db/schema/session'

/** A session as it is stored; `credentialsSealed` opens with the context `session:<id>`. */
export type Session = typeof sessions.$inferSelect

/** A robot's session that has not ended, login attempts included; null without one. */
export async function getLiveSession(db: Db, { robotId }: { robotId: string }): Promise<Session | null> {
  const [session] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.robotId, robotId), ne(sessions.state, 'ended')))
  return session ?? null
}

import { desc, eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { sessions } from '../db/schema/session'
import type { Session } from './get-live-session'

/** A robot's latest session, live or ended; null before the first login. */
export async function getLastSession(db: Db, { robotId }: { robotId: string }): Promise<Session | null> {
  const [session] = await db
    .select()
    .from(sessions)
    .where(eq(sessions.robotId, robotId))
    .orderBy(desc(sessions.createdAt))
    .limit(1)
  return session ?? null
}

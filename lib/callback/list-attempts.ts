import { asc, eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { callbackAttempts } from '../db/schema/callback'

export type CallbackAttempt = typeof callbackAttempts.$inferSelect

/** Lists the tries of a callback, first to last. */
export async function listAttempts(db: Db, eventId: string): Promise<CallbackAttempt[]> {
  return db
    .select()
    .from(callbackAttempts)
    .where(eq(callbackAttempts.eventId, eventId))
    .orderBy(asc(callbackAttempts.number))
}

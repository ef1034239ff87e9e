import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { callbackAttempts, callbackEvents } from '../db/schema/callback'

export type CallbackAttempt = typeof callbackAttempts.$inferSelect
export type CallbackEvent = typeof callbackEvents.$inferSelect & { lastAttempt: CallbackAttempt | null }

type Filter = {
  applicationId?: string | undefined
  robotId?: string | undefined
  state?: CallbackEvent['state'] | undefined
  /** The next page: older than this. */
  beforeSequence?: number | undefined
  limit: number
}

/** Lists callbacks, newest first, each with its last try. Without an `applicationId` of all applications: for operators. */
export async function listCallbackEvents(db: Db, filter: Filter): Promise<CallbackEvent[]> {
  const { applicationId, robotId, state, beforeSequence, limit } = filter
  const lastAttempt = db
    .select()
    .from(callbackAttempts)
    .where(eq(callbackAttempts.eventId, callbackEvents.id))
    .orderBy(desc(callbackAttempts.number))
    .limit(1)
    .as('last_attempt')
  const rows = await db
    .select()
    .from(callbackEvents)
    .leftJoinLateral(lastAttempt, sql`true`)
    .where(
      and(
        applicationId ? eq(callbackEvents.applicationId, applicationId) : undefined,
        robotId ? eq(callbackEvents.robotId, robotId) : undefined,
        state ? eq(callbackEvents.state, state) : undefined,
        beforeSequence ? lt(callbackEvents.sequence, beforeSequence) : undefined,
      ),
    )
    .orderBy(desc(callbackEvents.sequence))
    .limit(limit)
  return rows.map((row) => ({ ...row.callback_events, lastAttempt: row.last_attempt }))
}

/** Lists the tries of a callback, first to last. */
export async function listAttempts(db: Db, eventId: string): Promise<CallbackAttempt[]> {
  return db
    .select()
    .from(callbackAttempts)
    .where(eq(callbackAttempts.eventId, eventId))
    .orderBy(asc(callbackAttempts.number))
}

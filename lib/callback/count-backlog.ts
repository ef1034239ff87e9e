import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { callbackEvents } from '../db/schema/callback'

export type Backlog = { pendingCount: number; deadCount: number; oldestPendingAt: Date | null }

/** Counts what an application has not heard yet, and what was given up. */
export async function countBacklog(db: Db, { applicationId }: { applicationId: string }): Promise<Backlog> {
  const [backlog] = await db
    .select({
      pendingCount: sql<number>`(count(*) filter (where ${callbackEvents.state} = 'pending'))::int`,
      deadCount: sql<number>`(count(*) filter (where ${callbackEvents.state} = 'dead'))::int`,
      oldestPendingAt: sql`min(${callbackEvents.createdAt}) filter (where ${callbackEvents.state} = 'pending')`.mapWith(
        callbackEvents.createdAt,
      ),
    })
    .from(callbackEvents)
    .where(eq(callbackEvents.applicationId, applicationId))
  return backlog ?? { pendingCount: 0, deadCount: 0, oldestPendingAt: null }
}

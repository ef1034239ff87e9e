import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { sessionChanges } from '../db/schema/session'

/** Lists what a robot's sessions went through, newest first; `beforeId` pages on. `endedAt` is when the next change came. */
export async function listChanges(
  db: Db,
  { robotId, beforeId, limit }: { robotId: string; beforeId?: number | undefined; limit: number },
) {
  const endedAt = sql`(select next.at from session_changes as next
    where next.robot_id = session_changes.robot_id and next.id > session_changes.id order by next.id limit 1)`
  return db
    .select({
      id: sessionChanges.id,
      state: sessionChanges.state,
      cause: sessionChanges.cause,
      actor: sessionChanges.actor,
      at: sessionChanges.at,
      endedAt: endedAt.mapWith(sessionChanges.at),
    })
    .from(sessionChanges)
    .where(
      and(eq(sessionChanges.robotId, robotId), beforeId === undefined ? undefined : lt(sessionChanges.id, beforeId)),
    )
    .orderBy(desc(sessionChanges.id))
    .limit(limit)
}

export type SessionChangeRow = Awaited<ReturnType<typeof listChanges>>[number]

import { sql, and, desc, eq, lt } from 'drizzle-orm'
import type { Tx, Db } from '@/lib/db/client'
import type { Actor, SessionChangeCause } from '@/lib/db/types'
import type { Session } from '@/lib/session/get-session'
import { sessionChanges } from '@/lib/db/schema/session'

export type SessionChange = {
  sessionId: string
  state: Session['state']
  /** The reason, if the state does not imply it. */
  cause?: SessionChangeCause | null
  /** null: not requested through wxbot. */
  actor?: Actor | null
  /** null: now. */
  at?: Date | null
}

/** Appends a state to a session's history, unless it is the latest one; its time is never before the latest one. */
export async function appendChange(tx: Tx, { sessionId, state, cause = null, actor = null, at = null }: SessionChange) {
  await tx.execute(sql`
    insert into session_changes (robot_id, session_id, state, cause, actor, at)
    select session.robot_id, session.id, ${state}::session_state, ${cause}, ${actor},
      greatest(last.at, coalesce(${at?.toISOString() ?? null}::timestamptz, clock_timestamp()))
    from sessions as session left join lateral (
      select change.state, change.at from session_changes as change
      where change.session_id = session.id and change.robot_id = session.robot_id order by change.id desc limit 1
    ) as last on true
    where session.id = ${sessionId} and last.state is distinct from ${state}::session_state`)
}

/** Lists the state changes of a robot's sessions, newest first; `beforeId` is the cursor of the next page. `endedAt` is the time of the next change. */
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

/** Deletes one batch of old changes, except each robot's latest, which is its current state; returns how many. */
export async function deleteOldChanges(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from session_changes where id in (
      select id from session_changes as old where at < statement_timestamp() - make_interval(days => ${olderThanDays})
        and exists (select 1 from session_changes as later where later.robot_id = old.robot_id and later.id > old.id)
      order by at limit ${batchSize})
      returning 1`)
  return rows.length
}

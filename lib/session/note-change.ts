import { sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import type { SessionChangeCause } from '../db/types'
import type { Session } from './get-live-session'

export type SessionChange = {
  sessionId: string
  state: Session['state']
  /** Why, where the state does not say it all. */
  cause?: SessionChangeCause | null
  /** Who asked for it, as in the audit; null = nobody here. */
  actor?: string | null
  /** null = now. */
  at?: Date | null
}

/** Writes down what a session came into, unless that is what its history says last, and never before that. */
export async function noteChange(tx: Tx, { sessionId, state, cause = null, actor = null, at = null }: SessionChange) {
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

import { sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { sessionChanges, sessions } from '../db/schema/session'
import type { SessionChangeCause } from '../db/types'
import type { Session } from './get-live-session'

export type SessionChange = {
  sessionId: string
  state: Session['state']
  /** Why, where the state does not say it all. */
  cause?: SessionChangeCause | null
  /** Who asked for it, as in the audit; null = nobody here. */
  actor?: string | null
}

/** Writes down what a session came into, unless that is what its history says last. */
export async function noteChange(tx: Tx, { sessionId, state, cause = null, actor = null }: SessionChange) {
  await tx.execute(sql`
    insert into ${sessionChanges} (robot_id, session_id, state, cause, actor, at)
    select robot_id, id, ${state}::session_state, ${cause}, ${actor}, clock_timestamp() from ${sessions}
    where id = ${sessionId} and ${state}::session_state is distinct from (
      select state from ${sessionChanges} where session_id = ${sessionId} and robot_id = ${sessions.robotId}
      order by id desc limit 1)`)
}

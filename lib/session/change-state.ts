import { eq, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Tx } from '../db/client'
import { sessions } from '../db/schema/session'
import { noteChange, type SessionChange } from './note-change'

type Columns = Omit<PgUpdateSetSource<typeof sessions>, 'state' | 'stateChangedAt'>

/** Moves a session into a state, with `columns` that go with it, and keeps it in its history; all changes go this way. */
export async function changeState(tx: Tx, change: SessionChange, columns: Columns = {}): Promise<void> {
  const { sessionId, state } = change
  await tx
    .update(sessions)
    .set({
      ...columns,
      state,
      stateChangedAt: sql`case when ${sessions.state} = ${state} then ${sessions.stateChangedAt} else clock_timestamp() end`,
    })
    .where(eq(sessions.id, sessionId))
  await noteChange(tx, change)
}

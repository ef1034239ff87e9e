import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { commands } from '../db/schema/command'

/** Takes a command back that nobody has taken up; false when somebody has. */
export async function cancelCommand(db: Db, commandId: string): Promise<boolean> {
  const rows = await db
    .update(commands)
    .set({ state: 'cancelled', finishedAt: sql`clock_timestamp()` })
    .where(and(eq(commands.id, commandId), eq(commands.state, 'queued')))
    .returning({ id: commands.id })
  return rows.length > 0
}

import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { commands } from '../db/schema/command'
import { announceReply } from '../queue/reply'

export type Command = typeof commands.$inferSelect
type CommandType = Command['type']

/** Takes the oldest waiting command of these types and marks it running; those past their deadline fail on the way. Only for the owner. */
export async function takeNextCommand(
  tx: Tx,
  { robotId, types }: { robotId: string; types: CommandType[] },
): Promise<Command | null> {
  const isWaiting = and(eq(commands.robotId, robotId), eq(commands.state, 'queued'), inArray(commands.type, types))
  const overdue = await tx
    .update(commands)
    .set({
      state: 'failed',
      errorCode: 'COMMAND_TIMEOUT',
      errorMessage: '等待超时',
      finishedAt: sql`clock_timestamp()`,
    })
    // A logout is carried out however late: nobody asks for it twice.
    .where(and(isWaiting, sql`${commands.type} <> 'logout' and ${commands.deadlineAt} < clock_timestamp()`))
    .returning({ id: commands.id })
  for (const { id } of overdue) await announceReply(tx, id)
  const [next] = await tx
    .select()
    .from(commands)
    .where(isWaiting)
    .orderBy(asc(commands.sequence))
    .limit(1)
    .for('update')
  if (!next) return null
  await tx.update(commands).set({ state: 'running' }).where(eq(commands.id, next.id))
  return next
}

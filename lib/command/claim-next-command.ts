import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { errorColumns } from '@/lib/db/reason-columns'
import { sentenceOf } from '@/lib/sentence'
import type { Tx } from '@/lib/db/client'
import { commands } from '@/lib/db/schema/command'
import { announceReply } from '@/lib/queue/reply'

export type Command = typeof commands.$inferSelect
type CommandType = Command['type']

/** Claims the oldest queued command of these types and fails those past their deadline. Only the robot's owner may call it. */
export async function claimNextCommand(
  tx: Tx,
  { robotId, types }: { robotId: string; types: CommandType[] },
): Promise<Command | null> {
  const isWaiting = and(eq(commands.robotId, robotId), eq(commands.state, 'queued'), inArray(commands.type, types))
  const overdue = await tx
    .update(commands)
    .set({
      state: 'failed',
      errorCode: 'COMMAND_TIMEOUT',
      ...errorColumns(sentenceOf('wait_expired')),
      finishedAt: sql`clock_timestamp()`,
    })
    // A logout has no deadline: the client does not repeat it.
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

/** Requeues the commands that a previous owner had claimed; they may run twice. */
export async function requeueRunning(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  await tx
    .update(commands)
    .set({ state: 'queued' })
    .where(and(eq(commands.robotId, robotId), inArray(commands.state, ['running'])))
}

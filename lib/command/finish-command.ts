import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { commands } from '@/lib/db/schema/command'
import type { CommandResult } from '@/lib/db/types'
import { errorColumns } from '@/lib/db/reason-columns'
import type { Failure } from '@/lib/errors'
import { announceReply } from '@/lib/queue/reply'
import type { Command } from '@/lib/command/claim-next-command'

export type CommandEnd = { result: CommandResult } | Failure

/** Ends a command and notifies its waiters. */
export async function finishCommand(tx: Tx, commandId: string, end: CommandEnd): Promise<void> {
  await finish(tx, eq(commands.id, commandId), end)
}

/** Ends all open commands of a robot, or those of `types`, with the same result. */
export async function finishOpenCommands(
  tx: Tx,
  { robotId, types }: { robotId: string; types?: Command['type'][] },
  end: CommandEnd,
): Promise<void> {
  const ofTypes = types ? inArray(commands.type, types) : undefined
  await finish(tx, and(eq(commands.robotId, robotId), ofTypes), end)
}

async function finish(tx: Tx, which: ReturnType<typeof and>, end: CommandEnd): Promise<void> {
  const outcome =
    'result' in end
      ? ({ state: 'done', result: end.result } as const)
      : ({ state: 'failed', errorCode: end.code, ...errorColumns(end.sentence) } as const)
  const ended = await tx
    .update(commands)
    .set({ ...outcome, finishedAt: sql`clock_timestamp()` })
    .where(and(which, inArray(commands.state, ['queued', 'running'])))
    .returning({ id: commands.id })
  for (const { id } of ended) await announceReply(tx, id)
}

/** Cancels a queued command. Returns false if a worker has already claimed it. */
export async function cancelCommand(db: Db, commandId: string): Promise<boolean> {
  const rows = await db
    .update(commands)
    .set({ state: 'cancelled', finishedAt: sql`clock_timestamp()` })
    .where(and(eq(commands.id, commandId), eq(commands.state, 'queued')))
    .returning({ id: commands.id })
  return rows.length > 0
}

/** Deletes a batch of commands that ended more than `olderThanDays` ago; returns their number. */
export async function deleteOldCommands(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from commands where id in (
      select id from commands, make_interval(days => ${olderThanDays}) as age
        where created_at < statement_timestamp() - age and finished_at < statement_timestamp() - age
        order by created_at limit ${batchSize} for update of commands skip locked)
      returning 1`)
  return rows.length
}

import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { commands } from '../db/schema/command'
import type { CommandResult } from '../db/types'
import type { ErrorCode } from '../errors'
import { announceReply } from '../queue/reply'
import type { Command } from './take-next-command'

export type CommandEnd = { result: CommandResult } | { code: ErrorCode; message: string }

/** Ends one command and tells whoever waits for it. */
export async function finishCommand(tx: Tx, commandId: string, end: CommandEnd): Promise<void> {
  await finish(tx, eq(commands.id, commandId), end)
}

/** Ends every open command of a robot, or those of some types, alike. */
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
      : ({ state: 'failed', errorCode: end.code, errorMessage: end.message } as const)
  const ended = await tx
    .update(commands)
    .set({ ...outcome, finishedAt: sql`clock_timestamp()` })
    .where(and(which, inArray(commands.state, ['queued', 'running'])))
    .returning({ id: commands.id })
  for (const { id } of ended) await announceReply(tx, id)
}

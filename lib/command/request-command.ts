import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import { sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { commands } from '@/lib/db/schema/command'
import type { Actor, CommandPayload } from '@/lib/db/types'
import { newId } from '@/lib/id'

type CommandType = (typeof commands.$inferInsert)['type']

/** Enqueues a command in a robot's mailbox and wakes the owner after the commit. It fails unless claimed within `timeoutMs`. */
export async function requestCommand(
  tx: Tx,
  {
    robotId,
    type,
    timeoutMs,
    payload,
    actor,
  }: {
    robotId: string
    type: CommandType
    timeoutMs: number
    payload?: CommandPayload
    actor?: Actor | null | undefined
  },
): Promise<{ commandId: string }> {
  const commandId = newId('command')
  const deadlineAt = sql`clock_timestamp() + make_interval(secs => ${timeoutMs / 1000})`
  await tx
    .insert(commands)
    .values({ id: commandId, robotId, type, payload: payload ?? null, actor: actor ?? null, deadlineAt })
  wakeRobotAfterCommit(tx, robotId)
  return { commandId }
}

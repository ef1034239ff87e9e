import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { commands } from '../db/schema/command'
import type { CommandPayload } from '../db/types'
import { newId } from '../id'

type CommandType = (typeof commands.$inferInsert)['type']

/** Puts a command into a robot's mailbox; wake its owner after the commit. Not taken up within `timeoutMs`, it fails. */
export async function requestCommand(
  db: Db,
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
    /** Who asked for it, as in the audit. */
    actor?: string | null | undefined
  },
): Promise<{ commandId: string }> {
  const commandId = newId('command')
  const deadlineAt = sql`clock_timestamp() + make_interval(secs => ${timeoutMs / 1000})`
  await db
    .insert(commands)
    .values({ id: commandId, robotId, type, payload: payload ?? null, actor: actor ?? null, deadlineAt })
  return { commandId }
}

import { failWith } from '@/lib/errors'
import { finishOpenCommands } from '@/lib/command/finish-command'
import type { Tx } from '@/lib/db/client'
import { refuseQueuedMessages, settleWelcomes } from '@/lib/message/settle-message'
import { commandType } from '@/lib/db/schema/command'
import { recordEnd, type SessionEnd } from '@/lib/session/record-session-state'

/** Ends a session and refuses the robot's waiting messages and commands in the same transaction. */
export async function endSession(tx: Tx, end: SessionEnd & { robotId: string }): Promise<void> {
  await recordEnd(tx, end)
  await settleWelcomes(tx, end)
  await refuseWaiting(tx, end)
}

/** Refuses the waiting messages and commands of a robot without a session, except logouts, which succeed. */
export async function refuseWaiting(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const end = failWith('SESSION_GONE', 'logged_out')
  await refuseQueuedMessages(tx, { robotId }, { state: 'refused', ...end })
  await finishOpenCommands(tx, { robotId, types: commandType.enumValues.filter((type) => type !== 'logout') }, end)
}

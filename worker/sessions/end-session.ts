import { finishOpenCommands } from '@/lib/command/finish-command'
import type { Tx } from '@/lib/db/client'
import { refuseQueuedMessages } from '@/lib/message/settle-message'
import { recordEnd, type SessionEnd } from '@/lib/session/record-progress'

/** Ends a session and refuses all that waited for it, in one transaction: nobody waits for a robot that is gone. */
export async function endSession(tx: Tx, end: SessionEnd & { robotId: string }): Promise<void> {
  await recordEnd(tx, end)
  await refuseWaiting(tx, end)
}

/** Refuses what waits in the mailbox of a robot without a session; a logout still gets its own answer. */
export async function refuseWaiting(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const end = { code: 'SESSION_GONE', message: '微信已经退出登录' } as const
  await refuseQueuedMessages(tx, { robotId }, { state: 'refused', ...end })
  await finishOpenCommands(tx, { robotId, types: ['login', 'sync_rooms', 'make_room', 'add_member'] }, end)
}

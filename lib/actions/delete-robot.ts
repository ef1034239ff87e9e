import type { Tx } from '@/lib/db/client'
import { requestCommand } from '@/lib/command/request-command'
import { markRobotDeleted } from '@/lib/robot/update-robot'
import { deleteKeptCredentials } from '@/lib/session/record-session-state'
import { getLiveSession } from '@/lib/session/get-session'
import type { ActionContext } from '@/lib/actions/action-context'

/** Seven days, so that the logout survives an outage of all workers. */
const logoutTimeoutMs = 7 * 24 * 3600 * 1000

/** Deletes a robot at once and enqueues its logout without waiting for it. `record` runs in the same transaction. Spec: A6 (robot). */
export async function deleteRobot(
  ctx: ActionContext,
  { robotId, actor }: { robotId: string; actor?: string },
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await markRobotDeleted(tx, { robotId })
    await deleteKeptCredentials(tx, { robotId })
    await record(tx)
    if (await getLiveSession(tx, { robotId }))
      await requestCommand(tx, { robotId, type: 'logout', timeoutMs: logoutTimeoutMs, actor })
  })
}

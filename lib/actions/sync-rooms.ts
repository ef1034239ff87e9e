import type { Tx } from '@/lib/db/client'
import { requestCommand } from '@/lib/command/request-command'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { AppError } from '@/lib/errors'
import { getConnection } from '@/lib/robot/get-connection'
import { getLiveSession } from '@/lib/session/get-session'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const syncTimeoutMs = 30_000

/**
 * Requests a sync of the robot's rooms from WeChat and waits, by default a maximum of 30 seconds. `record` runs in the transaction of the
 * request.
 * @throws SESSION_GONE if the robot is not logged in, COMMAND_TIMEOUT or WECHAT_UNREACHABLE at the deadline.
 * Spec: 同步微信群列表, A10 (synchronise and list).
 */
export async function syncRooms(
  ctx: ActionContext,
  { robotId, actor, timeoutMs = syncTimeoutMs }: { robotId: string; actor?: string; timeoutMs?: number },
  record: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<void> {
  const session = await getLiveSession(ctx.db, { robotId })
  if (session?.state !== 'online' && session?.state !== 'reconnecting')
    throw new AppError('SESSION_GONE', { reason: 'log_in_first' })
  // Nothing to fetch: the stored list is empty.
  if (!capabilitiesOf[(await getConnection(ctx.db, { robotId })).connection].rooms) return
  const command = await ctx.db.transaction(async (tx) => {
    await record(tx)
    return requestCommand(tx, { robotId, type: 'sync_rooms', timeoutMs, actor })
  })
  await runCommand(ctx, { robotId, commandId: command.commandId, timeoutMs })
}

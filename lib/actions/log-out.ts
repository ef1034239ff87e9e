import type { Tx } from '@/lib/db/client'
import { requestCommand } from '@/lib/command/request-command'
import { requireCapability } from '@/lib/connection/capabilities'
import { AppError } from '@/lib/errors'
import { getConnection } from '@/lib/robot/get-connection'
import { getLiveSession } from '@/lib/session/get-session'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const logoutTimeoutMs = 15_000

/**
 * Logs the robot out at WeChat, or cancels its login, and waits a maximum of 15 seconds. `record` runs in the transaction of the request.
 * @throws SESSION_GONE if the robot has no live session, ILLEGAL_ACTION if the connection has no logout, COMMAND_TIMEOUT at the deadline.
 * Spec: 退出登录, A7 (login).
 */
export async function logOut(
  ctx: ActionContext,
  { robotId, actor }: { robotId: string; actor?: string },
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  requireCapability((await getConnection(ctx.db, { robotId })).connection, 'logout')
  if (!(await getLiveSession(ctx.db, { robotId }))) throw new AppError('SESSION_GONE', { reason: 'logged_out' })
  const command = await ctx.db.transaction(async (tx) => {
    await record(tx)
    return requestCommand(tx, { robotId, type: 'logout', timeoutMs: logoutTimeoutMs, actor })
  })
  await runCommand(ctx, { robotId, commandId: command.commandId, timeoutMs: logoutTimeoutMs })
}

import type { Tx } from '@/lib/db/client'
import { requestCommand } from '@/lib/command/request-command'
import { AppError } from '@/lib/errors'
import { getLiveSession } from '@/lib/session/get-live-session'
import { commandAndWait } from './command-and-wait'
import type { GatewayContext } from './gateway-context'

const logoutTimeoutMs = 15_000

/**
 * Logs the robot out at WeChat, or cancels its login attempt, and waits for it, at most 15 s. `record` is written with the request.
 * @throws SESSION_GONE for a robot without a live session, COMMAND_TIMEOUT at the deadline. Spec: 退出登录, A7.
 */
export async function logoutAndWait(
  ctx: GatewayContext,
  { robotId, actor }: { robotId: string; actor?: string },
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  if (!(await getLiveSession(ctx.db, { robotId }))) throw new AppError('SESSION_GONE', '微信已经退出登录')
  const command = await ctx.db.transaction(async (tx) => {
    await record(tx)
    return requestCommand(tx, { robotId, type: 'logout', timeoutMs: logoutTimeoutMs, actor })
  })
  await commandAndWait(ctx, { robotId, commandId: command.commandId, timeoutMs: logoutTimeoutMs })
}

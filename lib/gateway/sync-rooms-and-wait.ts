import { requestCommand } from '@/lib/command/request-command'
import { AppError } from '@/lib/errors'
import { getLiveSession } from '@/lib/session/get-live-session'
import { commandAndWait } from './command-and-wait'
import type { GatewayContext } from './gateway-context'

const syncTimeoutMs = 30_000

/**
 * Has the robot's rooms fetched from WeChat and stored, at most 30 s unless told.
 * @throws SESSION_GONE for a robot that is not logged in, COMMAND_TIMEOUT or WECHAT_UNREACHABLE at the deadline.
 * Spec: 同步微信群列表, A10.
 */
export async function syncRoomsAndWait(
  ctx: GatewayContext,
  { robotId, actor, timeoutMs = syncTimeoutMs }: { robotId: string; actor?: string; timeoutMs?: number },
): Promise<void> {
  const session = await getLiveSession(ctx.db, { robotId })
  if (session?.state !== 'online' && session?.state !== 'reconnecting')
    throw new AppError('SESSION_GONE', '微信已经退出登录，请先登录')
  const command = await requestCommand(ctx.db, { robotId, type: 'sync_rooms', timeoutMs, actor })
  await commandAndWait(ctx, { robotId, commandId: command.commandId, timeoutMs })
}

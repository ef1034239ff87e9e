import { cancelCommand } from '@/lib/command/cancel-command'
import type { CommandResult } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { wakeRobot } from '@/lib/queue/wake'
import type { GatewayContext } from './gateway-context'
import { replyError } from './reply-error'
import { timeoutError } from './timeout-error'

/**
 * Wakes the robot's owner for a command that is committed, and waits for its end.
 * At the deadline a command that nobody took up is taken back.
 * @throws the command's error, or COMMAND_TIMEOUT, or WECHAT_UNREACHABLE when the robot is reconnecting.
 */
export async function commandAndWait(
  ctx: GatewayContext,
  command: { robotId: string; commandId: string; timeoutMs: number },
): Promise<CommandResult> {
  await wakeRobot(ctx, command.robotId)
  const reply = await ctx.replies.wait(command.commandId, command.timeoutMs)
  if (reply?.state === 'done') return reply.result ?? {}
  const error = reply && replyError(reply)
  if (error) throw error.code === 'COMMAND_TIMEOUT' ? await timeoutError(ctx.db, command.robotId) : error
  const isTakenBack = await cancelCommand(ctx.db, command.commandId)
  if (isTakenBack) throw await timeoutError(ctx.db, command.robotId)
  throw new AppError('COMMAND_TIMEOUT', '处理超时，请稍后查询结果')
}

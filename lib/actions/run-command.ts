import { cancelCommand } from '@/lib/command/finish-command'
import type { CommandResult } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import type { ActionContext } from '@/lib/actions/action-context'
import { replyError, timeoutError } from '@/lib/actions/reply-error'

/**
 * Waits for the result of a committed command.
 * At the deadline a command that has not started is cancelled.
 * @throws the command's error, COMMAND_TIMEOUT, or WECHAT_UNREACHABLE if the robot is reconnecting.
 */
export async function runCommand(
  ctx: ActionContext,
  command: { robotId: string; commandId: string; timeoutMs: number },
): Promise<CommandResult> {
  const reply = await ctx.replies.wait(command.commandId, command.timeoutMs)
  if (reply?.state === 'done') return reply.result ?? {}
  const error = reply && replyError(reply)
  if (error) throw error.code === 'COMMAND_TIMEOUT' ? await timeoutError(ctx.db, command.robotId) : error
  const isCancelled = await cancelCommand(ctx.db, command.commandId)
  if (isCancelled) throw await timeoutError(ctx.db, command.robotId)
  throw new AppError('COMMAND_TIMEOUT', { reason: 'result_later' })
}

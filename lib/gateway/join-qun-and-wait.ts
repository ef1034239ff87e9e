import { requestCommand } from '@/lib/command/request-command'
import { AppError } from '@/lib/errors'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { findJoinToken } from '@/lib/qun/join-token'
import { readJoinToken } from '@/lib/qun/join-token-text'
import { requireOpen, requireValidToken } from '@/lib/qun/require-open'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { commandAndWait } from './command-and-wait'
import type { GatewayContext } from './gateway-context'

const joinTimeoutMs = 25_000

/**
 * Lets the assistant's contact of this nickname or remark into the token's qun and waits for WeChat's word.
 * @throws JOIN_TOKEN_UNKNOWN, JOIN_TOKEN_SPENT, QUN_NOT_OPEN, ASSISTANT_NOT_READY when it is not online, MEMBER_NOT_FOUND,
 * or WeChat's refusal. Spec: 请求入群, B6.
 */
export async function joinQunAndWait(
  ctx: GatewayContext,
  input: { token: string; member: string },
): Promise<{ isInvited: boolean }> {
  const hexDigits = readJoinToken(input.token)
  const joinToken = requireValidToken(hexDigits === null ? null : await findJoinToken(ctx.db, { token: hexDigits }))
  const qun = await getQunOrThrow(ctx.db, { qunId: joinToken.qunId })
  requireOpen(qun)
  const { id: robotId, status } = await getAnyRobotOrThrow(ctx.db, { robotId: qun.robotId })
  if (status !== 'online') throw new AppError('ASSISTANT_NOT_READY', '助手不在线，请稍后再试')
  const payload = { qunId: qun.id, joinTokenId: joinToken.id, memberName: input.member }
  const { commandId } = await requestCommand(ctx.db, { robotId, type: 'add_member', timeoutMs: joinTimeoutMs, payload })
  const result = await commandAndWait(ctx, { robotId, commandId, timeoutMs: joinTimeoutMs })
  return { isInvited: result.isInvited ?? false }
}

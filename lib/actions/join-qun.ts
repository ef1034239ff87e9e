import { requestCommand } from '@/lib/command/request-command'
import { capabilitiesOf, requireCapability } from '@/lib/connection/capabilities'
import { AppError, errorOf } from '@/lib/errors'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { findJoinToken, requireValidToken } from '@/lib/qun/join-token'
import { parseJoinToken } from '@/lib/qun/join-token-text'
import { joinLink } from '@/lib/qun/qun-link'
import { requireOpen } from '@/lib/qun/qun-view'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const joinTimeoutMs = 25_000

/**
 * Adds the assistant's contact with this nickname or remark to the qun of the join token and waits for WeChat's response.
 * @throws JOIN_TOKEN_UNKNOWN, JOIN_TOKEN_SPENT, QUN_NOT_OPEN, ASSISTANT_NOT_READY if the assistant is not online, MEMBER_NOT_FOUND, or WeChat's
 * refusal. The robot cannot add people to a customer group (E7): for a person who is not a member, throws QUN_NOT_OPEN with the join link. Spec:
 * 请求入群, B6 (join a qun).
 */
export async function joinQun(
  ctx: ActionContext & { env: { PUBLIC_URL: string } },
  input: { token: string; member: string },
): Promise<{ isInvited: boolean }> {
  const hexDigits = parseJoinToken(input.token)
  const joinToken = requireValidToken(hexDigits === null ? null : await findJoinToken(ctx.db, { token: hexDigits }))
  const qun = await getQunOrThrow(ctx.db, { qunId: joinToken.qunId })
  requireOpen(qun)
  const { id: robotId, status, connection } = await getAnyRobotOrThrow(ctx.db, { robotId: qun.robotId })
  const hasJoinQr = capabilitiesOf[connection].qunRoom === 'take'
  if (!hasJoinQr) requireCapability(connection, 'addMember', 'ASSISTANT_NOT_READY')
  if (status !== 'online') throw new AppError('ASSISTANT_NOT_READY', { reason: 'assistant_offline' })
  const payload = { qunId: qun.id, joinTokenId: joinToken.id, memberName: input.member }
  const command = { robotId, type: 'add_member', timeoutMs: joinTimeoutMs, payload } as const
  const { commandId } = await ctx.db.transaction((tx) => requestCommand(tx, command))
  const result = await runCommand(ctx, { robotId, commandId, timeoutMs: joinTimeoutMs }).catch((error: unknown) => {
    if (!hasJoinQr || !(error instanceof AppError) || error.code !== 'QUN_NOT_OPEN') throw error
    const joinUrl = joinLink(ctx.env.PUBLIC_URL, qun.number)
    throw errorOf(error.code, error.options, { text: error.message, joinUrl })
  })
  return { isInvited: result.isInvited ?? false }
}

import type { Tx } from '@/lib/db/client'
import { checkUrl } from '@/lib/egress/check-url'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { requireUsable } from '@/lib/connection/choose-connection'
import type { Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { type LoginRequest, requestLogin } from '@/lib/session/request-login'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const loginTimeoutMs = 15_000

/**
 * Requests a QR code from the worker and waits for it, by default a maximum of 15 seconds; it does not wait for the scan.
 * A login in progress is joined: same link, latest callback_url and agent_id. `record` runs in the transaction of a new login.
 * @throws ILLEGAL_ACTION if the robot is online or reconnecting or its connection cannot be used here, INVALID_PARAMETER for a
 * callback_url that the egress policy refuses, WECHAT_UNREACHABLE or WECHAT_UNREADABLE if WeChat returns no QR code, COMMAND_TIMEOUT at the deadline; the login then continues,
 * and a repeated call joins it. Spec: 微信登录, A7 (login).
 */
export async function logIn(
  ctx: ActionContext & { env: Pick<Env, 'PUBLIC_URL' | 'APPLICATION_MAX_LOGINS' | 'WECHAT' | 'WECHAT_WEB_RISK'> },
  input: LoginRequest & { timeoutMs?: number },
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<{ qrKey: string; qrcodeUrl: string }> {
  const { connection } = await getAnyRobotOrThrow(ctx.db, input)
  if (capabilitiesOf[connection].login === 'none')
    throw new AppError('ILLEGAL_ACTION', { reason: 'login_by_credentials' })
  requireUsable(ctx.env, connection)
  const checked = input.callbackUrl === null ? null : await checkUrl(ctx.egress, input.callbackUrl)
  if (checked && !checked.ok)
    throw new AppError('INVALID_PARAMETER', {
      reason: 'login_url_unusable',
      params: { cause: checked.reason.sentence },
      parameter: 'callback_url',
    })
  const { qrKey, commandId } = await ctx.db.transaction(async (tx) => {
    const login = await requestLogin(tx, { ...input, maxOpenLogins: ctx.env.APPLICATION_MAX_LOGINS })
    if (login.isNew) await record(tx)
    return login
  })
  const timeoutMs = input.timeoutMs ?? loginTimeoutMs
  if (commandId) await runCommand(ctx, { robotId: input.robotId, commandId, timeoutMs })
  return { qrKey, qrcodeUrl: `${ctx.env.PUBLIC_URL}/qr/${qrKey}` }
}

import type { Tx } from '@/lib/db/client'
import { checkUrl } from '@/lib/egress/check-url'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { requireUsable } from '@/lib/connection/choose-connection'
import type { Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { type LoginRequest, requestLogin } from '@/lib/session/request-login'
import type { ActionContext } from '@/lib/actions/action-context'

export type LoginContext = ActionContext & {
  env: Pick<Env, 'PUBLIC_URL' | 'APPLICATION_MAX_LOGINS' | 'WECHAT' | 'WECHAT_WEB_RISK'>
}

/**
 * Starts a login or joins the one in progress, without waiting for the QR code. `record` runs in the transaction of a new login.
 * `commandId` is the command that fetches the QR code; null: the QR code exists already.
 * @throws ILLEGAL_ACTION if the robot is online or reconnecting or its connection cannot be used here, INVALID_PARAMETER for a
 * callback_url that the egress policy refuses. Spec: 微信登录, A7 (login).
 */
export async function startLogin(
  ctx: LoginContext,
  input: LoginRequest,
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<{ qrKey: string; commandId: string | null }> {
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
  return ctx.db.transaction(async (tx) => {
    const login = await requestLogin(tx, { ...input, maxOpenLogins: ctx.env.APPLICATION_MAX_LOGINS })
    if (login.isNew) await record(tx)
    return login
  })
}

import type { Tx } from '@/lib/db/client'
import { checkUrl } from '@/lib/egress/check-url'
import { AppError } from '@/lib/errors'
import { type LoginRequest, requestLogin } from '@/lib/session/request-login'
import { commandAndWait } from './command-and-wait'
import type { GatewayContext } from './gateway-context'

const loginTimeoutMs = 15_000

/**
 * Asks the worker for a QR code and waits until it is there, at most 15 s unless told; who scans it is not waited for.
 * A login under way is joined: same link, latest callback and agent_id. `record` is written with the request.
 * @throws ILLEGAL_ACTION for a robot that is online or reconnecting, INVALID_PARAMETER for a callback_url that the
 * egress policy refuses, WECHAT_UNREACHABLE or WECHAT_UNREADABLE when WeChat gives no code, COMMAND_TIMEOUT at the deadline (the attempt goes on, a repeated call joins it). Spec: 微信登录, A7.
 */
export async function loginAndWait(
  ctx: GatewayContext & { env: { PUBLIC_URL: string } },
  input: LoginRequest & { timeoutMs?: number },
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<{ qrKey: string; qrcodeUrl: string }> {
  const checked = input.callbackUrl === null ? null : await checkUrl(ctx.egress, input.callbackUrl)
  if (checked && !checked.ok)
    throw new AppError('INVALID_PARAMETER', `参数 callback_url 不可用：${checked.reason}`, {
      parameter: 'callback_url',
    })
  const { qrKey, commandId } = await ctx.db.transaction(async (tx) => {
    const attempt = await requestLogin(tx, input)
    await record(tx)
    return attempt
  })
  const timeoutMs = input.timeoutMs ?? loginTimeoutMs
  if (commandId) await commandAndWait(ctx, { robotId: input.robotId, commandId, timeoutMs })
  return { qrKey, qrcodeUrl: `${ctx.env.PUBLIC_URL}/qr/${qrKey}` }
}

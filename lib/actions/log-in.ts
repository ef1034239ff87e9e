import type { Tx } from '@/lib/db/client'
import type { LoginRequest } from '@/lib/session/request-login'
import { runCommand } from '@/lib/actions/run-command'
import { type LoginContext, startLogin } from '@/lib/actions/start-login'

const loginTimeoutMs = 15_000

/**
 * Requests a QR code from the worker and waits for it, by default a maximum of 15 seconds; it does not wait for the scan.
 * A login in progress is joined: same link, latest callback_url and agent_id. `record` runs in the transaction of a new login.
 * @throws ILLEGAL_ACTION if the robot is online or reconnecting or its connection cannot be used here, INVALID_PARAMETER for a
 * callback_url that the egress policy refuses, WECHAT_UNREACHABLE or WECHAT_UNREADABLE if WeChat returns no QR code, COMMAND_TIMEOUT at the deadline; the login then continues,
 * and a repeated call joins it. Spec: 微信登录, A7 (login).
 */
export async function logIn(
  ctx: LoginContext,
  input: LoginRequest & { timeoutMs?: number },
  record: (tx: Tx) => Promise<void> = async () => {},
): Promise<{ qrKey: string; qrcodeUrl: string }> {
  const { qrKey, commandId } = await startLogin(ctx, input, record)
  const timeoutMs = input.timeoutMs ?? loginTimeoutMs
  if (commandId) await runCommand(ctx, { robotId: input.robotId, commandId, timeoutMs })
  return { qrKey, qrcodeUrl: `${ctx.env.PUBLIC_URL}/qr/${qrKey}` }
}

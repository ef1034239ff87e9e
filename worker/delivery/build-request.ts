import { Webhook } from 'standardwebhooks'
import type { ClaimedEvent } from '@/lib/callback/claim-events'
import { type CallbackRequest, composeAlert, composeRequest } from '@/lib/callback/compose-request'
import type { Sealer } from '@/lib/secret'

/**
 * Builds a callback as it goes out now, with the application's token, and a second signature while a rolled secret's time
 * lasts. Returns why there is nothing to send when the application is disabled or has no address any more.
 * @throws when a secret cannot be opened with the keys at hand. Spec: 通知开发者, decisions A12.
 */
export function buildRequest(
  event: ClaimedEvent,
  { sealer, alertUrl }: { sealer: Sealer; alertUrl: string | null },
  nowMs: number,
): CallbackRequest | string {
  if (event.type === 'endpoint_paused') return alertUrl ? composeAlert(event, alertUrl) : '没有设置 ALERT_WEBHOOK_URL'
  const { applicationId } = event
  if (event.isApplicationDisabled) return '应用已停用，没有发送'
  const url = event.loginUrl ?? (event.callbackUrl && new URL(event.callbackUrl).href)
  if (!url) return '应用没有回调地址，没有发送'

  const secrets = [event.signingSecretSealed, event.previousSigningSecretSealed].filter((sealed) => sealed !== null)
  const signWith = (sealed: string, body: string) =>
    new Webhook(sealer.open(sealed, `application.signing:${applicationId}`)).sign(event.id, new Date(nowMs), body)
  return composeRequest(event, {
    url,
    isGet: event.loginUrl !== null,
    nowMs,
    token: () => sealer.open(event.callbackTokenSealed, `application.callback:${applicationId}`),
    sign: (body) => secrets.map((sealed) => signWith(sealed, body)).join(' '),
  })
}

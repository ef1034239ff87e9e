import { Webhook } from 'standardwebhooks'
import type { ClaimedEvent } from '@/lib/callback/claim-events'
import type { Sealer } from '@/lib/secret'

export type CallbackRequest = {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  /** "" for a GET, signed all the same. */
  body: string
}

/**
 * Builds a callback as it goes out now: the documented body with the application's token, and Standard Webhooks headers.
 * Returns why there is nothing to send when the application is disabled or has no address any more.
 * @throws when a secret cannot be opened with the keys at hand. Spec: 通知开发者, decisions A12.
 */
export function buildRequest(event: ClaimedEvent, sealer: Sealer, nowMs: number): CallbackRequest | string {
  const { applicationId } = event
  if (event.isApplicationDisabled) return '应用已停用，没有发送'
  const url = event.loginUrl ?? (event.callbackUrl && new URL(event.callbackUrl).href)
  if (!url) return '应用没有回调地址，没有发送'

  const isGet = event.loginUrl !== null
  const token = () => sealer.open(event.callbackTokenSealed, `application.callback:${applicationId}`)
  const body = isGet ? '' : JSON.stringify({ token: token(), action: event.type, data: event.data })
  const secret = sealer.open(event.signingSecretSealed, `application.signing:${applicationId}`)
  const timestamp = new Date(nowMs)
  return {
    method: isGet ? 'GET' : 'POST',
    url,
    body,
    headers: {
      ...(isGet ? {} : { 'content-type': 'application/json' }),
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'wxbot (callbacks)',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(nowMs / 1000)),
      'webhook-signature': new Webhook(secret).sign(event.id, timestamp, body),
      'wxbot-sequence': String(event.sequence),
    },
  }
}

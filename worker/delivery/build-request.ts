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
 * Builds a callback as it goes out now: the documented body with the application's token, and Standard Webhooks headers,
 * with a second signature while a rolled secret's time lasts.
 * Returns why there is nothing to send when the application is disabled or has no address any more.
 * @throws when a secret cannot be opened with the keys at hand. Spec: 通知开发者, decisions A12.
 */
export function buildRequest(
  event: ClaimedEvent,
  { sealer, alertUrl }: { sealer: Sealer; alertUrl: string | null },
  nowMs: number,
): CallbackRequest | string {
  if (event.type === 'endpoint_paused') return alertUrl ? buildAlert(event, alertUrl) : '没有设置 ALERT_WEBHOOK_URL'
  const { applicationId } = event
  if (event.isApplicationDisabled) return '应用已停用，没有发送'
  const url = event.loginUrl ?? (event.callbackUrl && new URL(event.callbackUrl).href)
  if (!url) return '应用没有回调地址，没有发送'

  const isGet = event.loginUrl !== null
  const token = () => sealer.open(event.callbackTokenSealed, `application.callback:${applicationId}`)
  const body = isGet ? '' : JSON.stringify({ token: token(), action: event.type, data: event.data })
  const secrets = [event.signingSecretSealed, event.previousSigningSecretSealed].filter((sealed) => sealed !== null)
  const signatures = secrets.map((sealed) =>
    new Webhook(sealer.open(sealed, `application.signing:${applicationId}`)).sign(event.id, new Date(nowMs), body),
  )
  return {
    method: isGet ? 'GET' : 'POST',
    url,
    body,
    headers: {
      ...(isGet ? {} : { 'content-type': 'application/json' }),
      ...commonHeaders,
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(nowMs / 1000)),
      'webhook-signature': signatures.join(' '),
      'wxbot-sequence': String(event.sequence),
    },
  }
}

const commonHeaders = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'wxbot (callbacks)',
}

/** To the operators' own address: nothing of an application's secrets. */
function buildAlert(event: ClaimedEvent, url: string): CallbackRequest {
  const body = JSON.stringify({ action: event.type, data: event.data })
  const headers = { 'content-type': 'application/json', ...commonHeaders, 'webhook-id': event.id }
  return { method: 'POST', url, body, headers }
}

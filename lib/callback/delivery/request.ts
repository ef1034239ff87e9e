import type { CallbackEventType } from '@/lib/db/types'
import { orderData } from '@/lib/callback/event/data-fields'

export type CallbackRequest = {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  /** "" for a GET, which is signed too. */
  body: string
}

type Event = { id: string; sequence: number; type: CallbackEventType; data: Record<string, unknown> }
type Secrets = {
  /** null: the body has no token. Only the default endpoint receives one, because it often opens the API. */
  token: (() => string) | null
  sign: (body: string) => string
  /** The endpoint's own request headers; those of this product take precedence. */
  headers?: Record<string, string>
}

/** Composes the request of an event: the documented body and the Standard Webhooks headers. Spec: 通知开发者, A12 (callbacks), A14 (several endpoints). */
export function composeRequest(
  event: Event,
  { url, isGet, nowMs, token, sign, headers = {} }: Secrets & { url: string; isGet: boolean; nowMs: number },
): CallbackRequest {
  const body = isGet
    ? ''
    : JSON.stringify({ ...(token && { token: token() }), action: event.type, data: orderData(event.type, event.data) })
  return {
    method: isGet ? 'GET' : 'POST',
    url,
    body,
    headers: {
      ...headers,
      ...(isGet ? {} : { 'content-type': 'application/json' }),
      ...commonHeaders,
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(nowMs / 1000)),
      'webhook-signature': sign(body),
      'wxbot-sequence': String(event.sequence),
    },
  }
}

/** Composes the request of an alert to operators, which carries no secret of an application. */
export function composeAlert(event: Event, url: string): CallbackRequest {
  const body = JSON.stringify({ action: event.type, data: orderData(event.type, event.data) })
  const headers = { 'content-type': 'application/json', ...commonHeaders, 'webhook-id': event.id }
  return { method: 'POST', url, body, headers }
}

const commonHeaders = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'wxbot (callbacks)',
}

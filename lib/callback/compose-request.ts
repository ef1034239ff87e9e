export type CallbackRequest = {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  /** "" for a GET, signed all the same. */
  body: string
}

type Event = { id: string; sequence: number; type: string; data: Record<string, unknown> }
type Secrets = { token: () => string; sign: (body: string) => string }

/** Composes a callback as the endpoint gets it: the documented body, Standard Webhooks headers. Spec: 通知开发者, decisions A12. */
export function composeRequest(
  event: Event,
  { url, isGet, nowMs, token, sign }: Secrets & { url: string; isGet: boolean; nowMs: number },
): CallbackRequest {
  const body = isGet ? '' : JSON.stringify({ token: token(), action: event.type, data: event.data })
  return {
    method: isGet ? 'GET' : 'POST',
    url,
    body,
    headers: {
      ...(isGet ? {} : { 'content-type': 'application/json' }),
      ...commonHeaders,
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(nowMs / 1000)),
      'webhook-signature': sign(body),
      'wxbot-sequence': String(event.sequence),
    },
  }
}

/** Composes what operators are told at their own address: nothing of an application's secrets. */
export function composeAlert(event: Event, url: string): CallbackRequest {
  const body = JSON.stringify({ action: event.type, data: event.data })
  const headers = { 'content-type': 'application/json', ...commonHeaders, 'webhook-id': event.id }
  return { method: 'POST', url, body, headers }
}

const commonHeaders = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'wxbot (callbacks)',
}

import { Webhook } from 'standardwebhooks'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { type CallbackRequest, composeAlert, composeRequest } from '@/lib/callback/delivery/request'
import { openHeaders } from '@/lib/callback/endpoint/headers'
import type { Sealer } from '@/lib/secret'

/**
 * Builds the request of an event with the current secrets of its endpoint, and a second signature during the overlap of a
 * rotated secret. Returns the reason if there is nothing to send: the application is disabled or has no callback URL, or the
 * endpoint was removed.
 * @throws Error if no configured key opens a secret. Spec: 通知开发者, A12 (callbacks).
 */
export function buildRequest(
  event: ClaimedEvent,
  { sealer, alertUrl }: { sealer: Sealer; alertUrl: string | null },
  nowMs: number,
): CallbackRequest | Sentence {
  if (event.type === 'endpoint_paused') return alertUrl ? composeAlert(event, alertUrl) : sentenceOf('no_alert_url')
  const { applicationId } = event
  if (event.isApplicationDisabled) return sentenceOf('application_disabled')
  const { endpointId, callbackUrl, headersSealed } = event
  const loginUrl = endpointId === null ? event.loginUrl : null
  const url = loginUrl ?? (callbackUrl && new URL(callbackUrl).href)
  if (!url) return sentenceOf(endpointId === null ? 'application_without_url' : 'endpoint_removed')

  const secrets = [event.signingSecretSealed, event.previousSigningSecretSealed].filter((sealed) => sealed !== null)
  const context = endpointId === null ? `application.signing:${applicationId}` : `endpoint.signing:${endpointId}`
  const signWith = (sealed: string, body: string) =>
    new Webhook(sealer.open(sealed, context)).sign(event.id, new Date(nowMs), body)
  return composeRequest(event, {
    url,
    isGet: loginUrl !== null,
    nowMs,
    token:
      endpointId === null
        ? () => sealer.open(event.callbackTokenSealed, `application.callback:${applicationId}`)
        : null,
    sign: (body) => secrets.map((sealed) => signWith(sealed, body)).join(' '),
    ...(endpointId && headersSealed && { headers: openHeaders(sealer, { endpointId, headersSealed }) }),
  })
}

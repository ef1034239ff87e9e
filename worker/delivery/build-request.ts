import { Webhook } from 'standardwebhooks'
import { type Sentence, sentenceOf } from '@/lib/sentence'
import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { type CallbackRequest, composeAlert, composeRequest } from '@/lib/callback/delivery/request'
import type { Sealer } from '@/lib/secret'

/**
 * Builds the request of an event with the application's current token, and a second signature during the overlap of a
 * rotated secret. Returns the reason if there is nothing to send: the application is disabled or has no callback URL.
 * @throws Error if no configured key opens a secret. Spec: 通知开发者, A12.
 */
export function buildRequest(
  event: ClaimedEvent,
  { sealer, alertUrl }: { sealer: Sealer; alertUrl: string | null },
  nowMs: number,
): CallbackRequest | Sentence {
  if (event.type === 'endpoint_paused') return alertUrl ? composeAlert(event, alertUrl) : sentenceOf('no_alert_url')
  const { applicationId } = event
  if (event.isApplicationDisabled) return sentenceOf('application_disabled')
  const url = event.loginUrl ?? (event.callbackUrl && new URL(event.callbackUrl).href)
  if (!url) return sentenceOf('application_without_url')

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

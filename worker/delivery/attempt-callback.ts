import type { IncomingMessage } from 'node:http'
import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { readCallbackReply } from '@/lib/callback/delivery/callback-reply'
import type { CallbackRequest } from '@/lib/callback/delivery/request'
import { classifyResponse, readRetryAfter } from '@/lib/callback/delivery/response'
import type { Attempt } from '@/lib/callback/delivery/record-attempt'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { type GuardedClient, UnusableResponseError } from '@/lib/egress/open-guarded-client'
import type { Sealer } from '@/lib/secret'
import { contractText, type Sentence, sentenceOf } from '@/lib/sentence'
import { buildRequest } from '@/worker/delivery/build-request'
import { describeFailure } from '@/worker/delivery/describe-failure'
import { readResponse } from '@/worker/delivery/read-response'

export type AttemptContext = {
  client: GuardedClient
  policy: EgressPolicy
  sealer: Sealer
  /** Webhook for alerts to operators; null: alerts appear only in the dashboard. */
  alertUrl: string | null
  /** Maximum time for connecting, headers and body together. */
  timeoutMs: number
}

/**
 * Sends an event to its endpoint once and returns the attempt; never throws. Redirects are failures. Closing the client aborts the
 * attempt.
 */
export async function attemptCallback(context: AttemptContext, event: ClaimedEvent): Promise<Attempt> {
  const startedAt = new Date()
  const startedMs = performance.now()
  const deadline = AbortSignal.timeout(context.timeoutMs)
  const finish = (outcome: Partial<Attempt> & { sentence: Sentence | null }): Attempt => ({
    startedAt,
    durationMs: Math.round(performance.now() - startedMs),
    isDelivered: outcome.sentence === null,
    error: outcome.sentence ? contractText(outcome.sentence) : '',
    httpStatus: null,
    responseExcerpt: '',
    retryAfterSeconds: 0,
    ...outcome,
  })

  let httpStatus: number | null = null
  try {
    const request = buildRequest(event, context, startedAt.getTime())
    if ('reason' in request) return finish({ sentence: request })
    const refused = context.policy.refuseUrl(new URL(request.url))
    if (refused) return finish({ sentence: refused.sentence })
    const response = await send(context.client, event.lane, request, deadline)
    httpStatus = response.statusCode ?? 0
    const retryAfterSeconds = readRetryAfter(response.headers['retry-after'], Date.now())
    const { excerpt, retCode, text } = await readResponse(response)
    const sentence = classifyResponse({ httpStatus, retCode })
    // Only the default endpoint may reply, so that two endpoints never contradict each other.
    const mayReply = event.type === 'send_message' && event.endpointId === null
    const reply = mayReply && sentence === null ? { reply: readCallbackReply(text) } : {}
    return finish({ httpStatus, responseExcerpt: excerpt, retryAfterSeconds, sentence, ...reply })
  } catch (error) {
    if (error instanceof UnusableResponseError)
      return finish({ httpStatus: error.httpStatus, sentence: error.sentence })
    if (context.client.isClosed) return finish({ httpStatus, sentence: sentenceOf('stopped_while_waiting') })
    if (deadline.aborted)
      return finish({ httpStatus, sentence: sentenceOf('response_timeout', { seconds: context.timeoutMs / 1000 }) })
    return finish({ httpStatus, sentence: describeFailure(error) })
  }
}

function send(
  client: GuardedClient,
  pool: string,
  { url: requestUrl, method, headers, body }: CallbackRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = new URL(requestUrl)
  // `url.search` would re-encode the query; a login callback URL must be sent exactly as the client registered it.
  const query = /\?[^#]*/.exec(requestUrl)?.[0] ?? ''
  return client.send({ url, path: url.pathname + query, method, headers, body, pool, signal })
}

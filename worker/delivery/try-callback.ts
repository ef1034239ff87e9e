import type { Agent, Dispatcher } from 'undici'
import type { ClaimedEvent } from '@/lib/callback/claim-events'
import type { CallbackRequest } from '@/lib/callback/compose-request'
import { judgeAnswer } from '@/lib/callback/judge-answer'
import { readRetryAfter } from '@/lib/callback/read-retry-after'
import type { Attempt } from '@/lib/callback/record-attempt'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Sealer } from '@/lib/secret'
import { buildRequest } from './build-request'
import { describeFailure } from './describe-failure'

const maxAnswerBytes = 64 * 1024
const excerptBytes = 1024

export type TryContext = {
  agent: Agent
  policy: EgressPolicy
  sealer: Sealer
  /** Where operators are told of what needs a hand; null = only in the dashboard. */
  alertUrl: string | null
  /** For connecting, headers and body together. */
  timeoutMs: number
}

/**
 * Tries a callback once. Never throws: whatever happens is an attempt to record. Redirects are failures.
 * Destroying the agent cuts it short.
 */
export async function tryCallback(context: TryContext, event: ClaimedEvent): Promise<Attempt> {
  const startedAt = new Date()
  const startedMs = performance.now()
  const deadline = AbortSignal.timeout(context.timeoutMs)
  const finish = (outcome: Partial<Attempt> & { error: string }): Attempt => ({
    startedAt,
    durationMs: Math.round(performance.now() - startedMs),
    isDelivered: outcome.error === '',
    httpStatus: null,
    answerExcerpt: '',
    askedSeconds: 0,
    ...outcome,
  })

  let httpStatus: number | null = null
  try {
    const request = buildRequest(event, context, startedAt.getTime())
    if (typeof request === 'string') return finish({ error: request })
    const refused = context.policy.refuseUrl(new URL(request.url))
    if (refused) return finish({ error: refused })
    const answer = await send(context.agent, request, deadline)
    httpStatus = answer.statusCode
    const askedSeconds = readRetryAfter(answer.headers['retry-after'], Date.now())
    const bytes = await readUpTo(answer.body, maxAnswerBytes)
    const error = judgeAnswer({ httpStatus, body: bytes.toString() }) ?? ''
    return finish({ httpStatus, answerExcerpt: excerptOf(bytes), askedSeconds, error })
  } catch (error) {
    if (context.agent.destroyed) return finish({ httpStatus, error: '本进程停止时还没有等到应答，马上重试' })
    if (deadline.aborted) return finish({ httpStatus, error: `${context.timeoutMs / 1000} 秒内没有收完应答` })
    return finish({ httpStatus, error: describeFailure(error) })
  }
}

function send(agent: Agent, request: CallbackRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { origin, pathname } = new URL(request.url)
  // Not the parsed URL's, which would write the query of a login link anew.
  const query = /\?[^#]*/.exec(request.url)?.[0] ?? ''
  return agent.request({
    origin,
    path: pathname + query,
    method: request.method,
    headers: request.headers,
    body: request.body || null,
    signal,
  })
}

async function readUpTo(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  // Leaving the loop destroys the body, and with it a connection whose rest nobody reads.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (sizeBytes >= maxBytes) break
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

/** The start of an answer; a token that it echoes is masked. */
function excerptOf(bytes: Buffer): string {
  const text = bytes
    .toString()
    .replaceAll('\0', '')
    .replace(/wx_\w{40}/g, 'wx_****')
  return Buffer.from(text).subarray(0, excerptBytes).toString()
}

import OpenAI, { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { fetch as fetchWith, type RequestInit } from 'undici'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { EgressRefusedError, HostUnresolvedError, openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import { simulatedModelPath } from '@/lib/model/simulated-model'

const maxFailureLength = 300

export type ModelConnection = {
  policy: EgressPolicy
  /** Origin of the simulator: the egress guard allows requests to its model. undefined: no simulator runs. */
  simulatorOrigin: string | undefined
  baseUrl: string
  /** null: the service requires none. */
  key: string | null
}

/** `failure`: why, for the operator; never the key. */
export type ModelFailure = { outcome: 'failed'; failure: string }

/**
 * Makes a request to an OpenAI-compatible service, at most twice within the deadline, through the egress guard and without redirects.
 * Never throws: what `request` throws becomes a failure.
 */
export async function callModel<Result>(
  { policy, simulatorOrigin, baseUrl, key }: ModelConnection,
  {
    timeoutMs,
    signal,
    maxResponseBytes,
  }: { timeoutMs: number; signal?: AbortSignal | undefined; maxResponseBytes: number },
  request: (client: OpenAI, signal: AbortSignal) => Promise<Result>,
): Promise<Result | ModelFailure> {
  const refusal = policy.refuseUrl(new URL(baseUrl))
  if (refusal) return { outcome: 'failed', failure: `The base URL ${refusal.en}.` }
  const agent = isSimulated(baseUrl, simulatorOrigin)
    ? undefined
    : openGuardedAgent(policy, { maxResponseSize: maxResponseBytes })
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    const client = new OpenAI({
      baseURL: baseUrl,
      apiKey: key ?? 'none',
      organization: null,
      project: null,
      maxRetries: 1,
      timeout: timeoutMs,
      logLevel: 'off',
      fetch: ((url: string, init: RequestInit) =>
        fetchWith(url, { ...init, redirect: 'error', ...(agent && { dispatcher: agent }) })) as never,
    })
    // The client's own deadline ends with the headers.
    return await request(client, signal ? AbortSignal.any([signal, deadline]) : deadline)
  } catch (error) {
    return { outcome: 'failed', failure: describeFailure(error, { key, timeoutMs, isLate: deadline.aborted }) }
  } finally {
    await agent?.destroy()
  }
}

/** A Chinese character is about one token; Latin text has more characters per token, so that this is an upper bound. */
export function estimateTokens(text: string): number {
  return [...text].length
}

function isSimulated(baseUrl: string, simulatorOrigin: string | undefined): boolean {
  const url = new URL(baseUrl)
  return url.origin === simulatorOrigin && url.pathname.replace(/\/$/, '') === simulatedModelPath
}

function describeFailure(
  error: unknown,
  { key, timeoutMs, isLate }: { key: string | null; timeoutMs: number; isLate: boolean },
): string {
  if (isLate || error instanceof APIConnectionTimeoutError) return `No response within ${timeoutMs / 1000} s.`
  if (error instanceof APIUserAbortError) return 'Aborted.'
  const cause = rootCause(error)
  const text =
    cause instanceof EgressRefusedError || cause instanceof HostUnresolvedError
      ? cause.message
      : error instanceof APIError && error.status
        ? `HTTP ${error.message}`
        : cause instanceof Error
          ? cause.message
          : 'The request failed.'
  const masked = key ? text.replaceAll(key, '***') : text
  return masked.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, maxFailureLength)
}

function rootCause(error: unknown): unknown {
  let cause = error
  for (let depth = 0; depth < 5 && cause instanceof Error && cause.cause !== undefined; depth++) cause = cause.cause
  return cause
}

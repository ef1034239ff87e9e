import OpenAI, { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { fetch as fetchWith, type RequestInit } from 'undici'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { EgressRefusedError, HostUnresolvedError, openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import type { PromptMessage } from '@/lib/model/build-prompt'
import { simulatedModelPath } from '@/lib/model/simulated-model'

const maxResponseBytes = 1_000_000
const maxFailureLength = 300

export type ModelConnection = {
  policy: EgressPolicy
  /** Origin of the simulator, whose model the guard admits; undefined: there is none. */
  simulatorOrigin: string | undefined
  baseUrl: string
  /** null: the service needs none. */
  key: string | null
}

export type ModelRequest = {
  model: string
  messages: PromptMessage[]
  temperature: number
  maxTokens: number
  timeoutMs: number
  signal?: AbortSignal
}

export type ModelOutcome =
  | { outcome: 'answered'; text: string; promptTokens: number; answerTokens: number }
  /** `failure`: why, for the operator; never the key. */
  | { outcome: 'failed'; failure: string }

/**
 * Asks a model of an OpenAI-compatible service, at most twice within the deadline, through the egress guard, without redirects and tools. Never throws. Tokens are
 * estimated if the service does not state them.
 */
export async function askModel(connection: ModelConnection, request: ModelRequest): Promise<ModelOutcome> {
  const { policy, simulatorOrigin, baseUrl, key } = connection
  const { model, messages, temperature, maxTokens, timeoutMs, signal } = request
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
    const body = { model, messages, temperature, max_tokens: maxTokens }
    const completion = await client.chat.completions.create(body, {
      // The client's own deadline ends with the headers.
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    })
    const text = completion.choices?.[0]?.message?.content
    if (typeof text !== 'string') return { outcome: 'failed', failure: 'The response contains no text.' }
    const { prompt_tokens: promptTokens, completion_tokens: answerTokens } = completion.usage ?? {}
    return {
      outcome: 'answered',
      text,
      promptTokens: promptTokens ?? estimateTokens(messages.map(({ content }) => content).join('')),
      answerTokens: answerTokens ?? estimateTokens(text),
    }
  } catch (error) {
    return { outcome: 'failed', failure: describeFailure(error, { key, timeoutMs, isLate: deadline.aborted }) }
  } finally {
    await agent?.destroy()
  }
}

function isSimulated(baseUrl: string, simulatorOrigin: string | undefined): boolean {
  const url = new URL(baseUrl)
  return url.origin === simulatorOrigin && url.pathname.replace(/\/$/, '') === simulatedModelPath
}

/** A Chinese character is about one token; Latin text has more characters per token, so that this is an upper bound. */
function estimateTokens(text: string): number {
  return [...text].length
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

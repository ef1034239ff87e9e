import { callModel, estimateTokens, type ModelConnection, type ModelFailure } from '@/lib/model/call-model'
import type { PromptMessage } from '@/lib/model/build-prompt'

const maxResponseBytes = 1_000_000

export type ModelRequest = {
  model: string
  messages: PromptMessage[]
  temperature: number
  maxTokens: number
  timeoutMs: number
  signal?: AbortSignal
}

export type ModelOutcome =
  { outcome: 'answered'; text: string; promptTokens: number; answerTokens: number } | ModelFailure

/**
 * Asks a model of an OpenAI-compatible service, without tools. Never throws. Tokens are estimated if the service does not state them.
 */
export async function askModel(connection: ModelConnection, request: ModelRequest): Promise<ModelOutcome> {
  const { model, messages, temperature, maxTokens, timeoutMs, signal } = request
  const body = { model, messages, temperature, max_tokens: maxTokens }
  return callModel<ModelOutcome>(connection, { timeoutMs, signal, maxResponseBytes }, async (client, ending) => {
    const completion = await client.chat.completions.create(body, { signal: ending })
    const text = completion.choices?.[0]?.message?.content
    if (typeof text !== 'string') return { outcome: 'failed', failure: 'The response contains no text.' }
    const { prompt_tokens: promptTokens, completion_tokens: answerTokens } = completion.usage ?? {}
    return {
      outcome: 'answered',
      text,
      promptTokens: promptTokens ?? estimateTokens(messages.map(({ content }) => content).join('')),
      answerTokens: answerTokens ?? estimateTokens(text),
    }
  })
}

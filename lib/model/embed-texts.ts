import { callModel, estimateTokens, type ModelConnection, type ModelFailure } from '@/lib/model/call-model'

/** Maximum bytes of the response for one batch of texts, with numbers in decimal. */
const maxResponseBytes = 4_000_000
const maxDimensions = 4096
/** Maximum code points of one text; services refuse texts over about 8,000 tokens. */
const maxTextLength = 4000

/** `vectors` in the order of the texts, of unit length and of one number of dimensions. */
export type EmbeddingOutcome = { outcome: 'embedded'; vectors: number[][]; tokenCount: number } | ModelFailure

/**
 * Requests the embeddings of texts from an OpenAI-compatible service. Long texts are cut. Never throws. Tokens are estimated if the
 * service does not state them.
 */
export async function embedTexts(
  connection: ModelConnection,
  { model, texts, timeoutMs, signal }: { model: string; texts: string[]; timeoutMs: number; signal?: AbortSignal },
): Promise<EmbeddingOutcome> {
  const input = texts.map((text) => [...text.replace(/\p{Cs}/gu, '')].slice(0, maxTextLength).join('') || ' ')
  const limits = { timeoutMs, signal, maxResponseBytes }
  return callModel<EmbeddingOutcome>(connection, limits, async (client, ending) => {
    // The client's default, base64, is not offered by all services.
    const body = { model, input, encoding_format: 'float' as const }
    const { data, usage } = await client.embeddings.create(body, { signal: ending })
    const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => toUnitLength(embedding))
    const [size = 0] = vectors.map((vector) => vector?.length ?? 0)
    if (vectors.length !== input.length || vectors.some((vector) => vector?.length !== size))
      return { outcome: 'failed', failure: 'The response contains no embeddings of the texts.' }
    const tokenCount = usage?.prompt_tokens ?? estimateTokens(input.join(''))
    return { outcome: 'embedded', vectors: vectors as number[][], tokenCount }
  })
}

/** Returns a vector of unit length; null: not a vector. */
function toUnitLength(vector: unknown): number[] | null {
  if (!Array.isArray(vector) || vector.length === 0 || vector.length > maxDimensions) return null
  const length = Math.hypot(...(vector as number[]))
  return Number.isFinite(length) && length > 0 ? (vector as number[]).map((value) => value / length) : null
}

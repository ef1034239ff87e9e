import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { originOf } from '@/lib/article/article-embeddings'
import { findArticles, type Meaning } from '@/lib/article/find-articles'
import { askModel } from '@/lib/model/ask-model'
import type { ModelConnection } from '@/lib/model/call-model'
import { embedTexts } from '@/lib/model/embed-texts'
import { buildPrompt, type HistoryEntry } from '@/lib/model/build-prompt'
import { modelCost } from '@/lib/model/model-cost'
import { budgetUsedUp, hasBudget, recordModelUsage } from '@/lib/model/model-usage'
import { readAnswer } from '@/lib/model/read-answer'
import { openModelKey, type ReplySettings } from '@/lib/reply/reply-settings'
import type { Sealer } from '@/lib/secret'

/** Articles in one prompt. */
const maxArticles = 5

export type ModelContext = { db: Db; sealer: Sealer; egress: EgressPolicy; simulatorOrigin: string | undefined }

export type AnswerToQuestion = {
  /** Articles given to the model, best first. */
  articles: { id: string; title: string; content: string; isCited: boolean }[]
  /** Tokens of question and answer, and of the question's embedding. */
  tokenCount: number
  /** Cost of these tokens; null: a price is unknown. */
  cost: number | null
  /** ISO 4217 code of the cost. */
  currency: string
  /** Why articles were found by their words only although an embedding model is set; "": they were not. */
  embeddingFailure: string
} & ({ outcome: 'answered'; answer: string } | { outcome: 'handover' } | { outcome: 'failed'; failure: string })

/**
 * Answers a question from an application's articles with its model. `handover`: the model does not know, or the person wants a person.
 * Checks the month's budget before and records the use after the request. Never throws for a failure of the service.
 */
export async function answerQuestion(
  { db, sealer, egress, simulatorOrigin }: ModelContext,
  {
    settings,
    question,
    history,
    signal,
  }: {
    settings: ReplySettings
    question: string
    history: readonly HistoryEntry[]
    signal?: AbortSignal
  },
): Promise<AnswerToQuestion> {
  const { applicationId } = settings
  const connection =
    settings.modelUrl && settings.modelName && (await hasBudget(db, settings))
      ? { policy: egress, simulatorOrigin, baseUrl: settings.modelUrl, key: openModelKey(settings, sealer) }
      : null
  const embedding = await embedQuestion(db, connection, { settings, question, signal })
  const found = await findArticles(db, {
    applicationId,
    question,
    meaning: embedding.meaning,
    limit: maxArticles,
  })
  const { messages, articleIds } = buildPrompt({
    instructions: settings.modelInstructions,
    articles: found,
    history,
    question,
  })
  const articlesWith = (cited: readonly string[]) =>
    found
      .filter(({ id }) => articleIds.includes(id))
      .map(({ id, title, content }) => ({ id, title, content, isCited: cited.includes(id) }))
  const { tokenCount: embeddingTokens, failure: embeddingFailure } = embedding
  const used = (promptTokens: number, answerTokens: number) => ({
    tokenCount: promptTokens + answerTokens,
    cost: modelCost(settings, { promptTokens, answerTokens }),
    currency: settings.modelCurrency,
    embeddingFailure,
  })
  const fail = (failure: string) =>
    ({ outcome: 'failed', failure, articles: articlesWith([]), ...used(embeddingTokens, 0) }) as const
  if (!settings.modelUrl || !settings.modelName) return fail('No model is set up.')
  if (!connection) return fail(budgetUsedUp)

  const response = await askModel(connection, {
    model: settings.modelName,
    messages,
    temperature: settings.modelTemperature,
    maxTokens: settings.modelMaxTokens,
    timeoutMs: settings.modelTimeoutSeconds * 1000,
    ...(signal && { signal }),
  })
  if (response.outcome === 'failed') return fail(response.failure)
  const { promptTokens, answerTokens } = response
  await recordModelUsage(db, { applicationId, promptTokens, answerTokens })
  const { answer, isHandover, articleIds: cited } = readAnswer(response.text, articleIds)
  const result = { articles: articlesWith(cited), ...used(embeddingTokens + promptTokens, answerTokens) }
  return isHandover || answer === '' ? { outcome: 'handover', ...result } : { outcome: 'answered', answer, ...result }
}

type QuestionEmbedding = { meaning: Meaning | null; tokenCount: number; failure: string }

/** Requests the embedding of a question and records its use; without one, articles are found by their words. */
async function embedQuestion(
  db: Db,
  connection: ModelConnection | null,
  { settings, question, signal }: { settings: ReplySettings; question: string; signal: AbortSignal | undefined },
): Promise<QuestionEmbedding> {
  const { applicationId, embeddingModel: model } = settings
  if (!connection || model === '') return { meaning: null, tokenCount: 0, failure: '' }
  const timeoutMs = (settings.modelTimeoutSeconds * 1000) / 2
  const embedded = await embedTexts(connection, { model, texts: [question], timeoutMs, ...(signal && { signal }) })
  if (embedded.outcome === 'failed') return { meaning: null, tokenCount: 0, failure: embedded.failure }
  const { tokenCount, vectors } = embedded
  await recordModelUsage(db, { applicationId, promptTokens: tokenCount, answerTokens: 0 })
  return { meaning: { origin: originOf(settings), vector: vectors[0]! }, tokenCount, failure: '' }
}

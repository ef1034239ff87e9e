import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { searchArticles } from '@/lib/article/search-articles'
import { askModel } from '@/lib/model/ask-model'
import { buildPrompt, type HistoryEntry } from '@/lib/model/build-prompt'
import { readModelUsage, recordModelUsage } from '@/lib/model/model-usage'
import { readAnswer } from '@/lib/model/read-answer'
import { openModelKey, type ReplySettings } from '@/lib/reply/reply-settings'
import type { Sealer } from '@/lib/secret'

/** Articles in one prompt. */
const maxArticles = 5

export type ModelContext = { db: Db; sealer: Sealer; egress: EgressPolicy; simulatorOrigin: string | undefined }

export type AnswerToQuestion = {
  /** Articles given to the model, best first. */
  articles: { id: string; title: string; content: string; isCited: boolean }[]
  /** Tokens of question and answer. */
  tokenCount: number
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
  const { applicationId, modelMonthlyTokens } = settings
  const found = await searchArticles(db, { applicationId, question, limit: maxArticles })
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
  const fail = (failure: string) => ({ outcome: 'failed' as const, failure, articles: articlesWith([]), tokenCount: 0 })
  if (!settings.modelUrl || !settings.modelName) return fail('No model is set up.')
  const usage = await readModelUsage(db, { applicationId })
  if (modelMonthlyTokens > 0 && usage.tokenCount >= modelMonthlyTokens) return fail("This month's tokens are used up.")

  const connection = {
    policy: egress,
    simulatorOrigin,
    baseUrl: settings.modelUrl,
    key: openModelKey(settings, sealer),
  }
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
  const result = { articles: articlesWith(cited), tokenCount: promptTokens + answerTokens }
  return isHandover || answer === '' ? { outcome: 'handover', ...result } : { outcome: 'answered', answer, ...result }
}

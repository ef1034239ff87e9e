import type { ModelContext } from '@/lib/actions/answer-question'
import {
  claimEmbeddingRun,
  endEmbeddingRun,
  listUnembedded,
  originOf,
  storeEmbedding,
} from '@/lib/article/article-embeddings'
import { embedTexts } from '@/lib/model/embed-texts'
import { budgetUsedUp, hasBudget, recordModelUsage } from '@/lib/model/model-usage'
import { findReplySettings, openModelKey } from '@/lib/reply/reply-settings'

/** Texts of one request. */
const batchSize = 16
/** Requests of one run, so that applications take turns. */
const maxBatches = 10

/**
 * Embeds the articles of one application that is due, within its monthly budget; returns it, null: none was due. A failure of the service
 * ends the run, and is recorded for the operator; the next run is some minutes later.
 */
export async function embedDueArticles(context: ModelContext, signal: AbortSignal): Promise<string | null> {
  const { db } = context
  const applicationId = await claimEmbeddingRun(db)
  if (applicationId === null) return null
  let failure = ''
  for (let batch = 0; batch < maxBatches && failure === '' && !signal.aborted; batch++) {
    const done = await embedBatch(context, { applicationId, signal })
    if (done === 'none') break
    failure = done
  }
  await endEmbeddingRun(db, { applicationId, failure: signal.aborted ? '' : failure })
  return applicationId
}

/** Embeds some articles; returns why it failed, "": it did not, `none`: there are none. */
async function embedBatch(
  { db, sealer, egress: policy, simulatorOrigin }: ModelContext,
  { applicationId, signal }: { applicationId: string; signal: AbortSignal },
): Promise<string> {
  const settings = await findReplySettings(db, { applicationId })
  if (!settings?.usesModel || !settings.modelUrl || !settings.embeddingModel) return 'none'
  const origin = originOf(settings)
  const articles = await listUnembedded(db, { applicationId, origin, limit: batchSize })
  if (articles.length === 0) return 'none'
  if (!(await hasBudget(db, settings))) return budgetUsedUp
  const connection = { policy, simulatorOrigin, baseUrl: settings.modelUrl, key: openModelKey(settings, sealer) }
  const embedded = await embedTexts(connection, {
    model: settings.embeddingModel,
    texts: articles.map(({ text }) => text),
    timeoutMs: settings.modelTimeoutSeconds * 1000,
    signal,
  })
  if (embedded.outcome === 'failed') return embedded.failure
  await recordModelUsage(db, { applicationId, promptTokens: embedded.tokenCount, answerTokens: 0 })
  for (const [index, { id: articleId, digest }] of articles.entries())
    await storeEmbedding(db, { articleId, origin, digest, vector: embedded.vectors[index]! })
  return ''
}

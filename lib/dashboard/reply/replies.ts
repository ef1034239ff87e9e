import { getApplicationOrThrow } from '@/lib/application/get-application'
import { originOf, readEmbeddingState } from '@/lib/article/article-embeddings'
import { readModelSpending } from '@/lib/model/read-model-spending'
import { simulatedModelPath } from '@/lib/model/simulated-model'
import { listQunNames } from '@/lib/qun/list-qun-names'
import { getReplySettings } from '@/lib/reply/reply-settings'
import { listRobots } from '@/lib/robot/list-robots'
import { listRules, type RuleRow } from '@/lib/rule/change-rules'
import type { ViewContext } from '@/lib/dashboard/view-context'

export type RuleView = Omit<RuleRow, 'applicationId' | 'createdAt' | 'lastFiredAt' | 'position'> & {
  /** null: it has not replied yet. */
  lastFiredAt: string | null
}

/** Returns how an application replies automatically: its settings, rules, and the use of its model in this month. */
export async function readReplies(ctx: ViewContext, applicationId: string) {
  const { db, env } = ctx
  await getApplicationOrThrow(db, { applicationId })
  const settings = await getReplySettings(db, { applicationId })
  const robots = await listRobots(db, { applicationId })
  const rules = await listRules(db, { applicationId })
  const hasSimulator = env.WECHAT === 'simulator' && env.WECHAT_ORIGIN
  const quns = await listQunNames(db, { applicationId, alsoIds: rules.flatMap(({ qunId }) => qunId ?? []) })
  return {
    settings,
    quns,
    rules: rules.map(viewOf),
    /** null: no embedding model is set. */
    embedding: settings.embeddingModel
      ? await readEmbeddingState(db, { applicationId, origin: originOf(settings) })
      : null,
    usage: await readModelSpending(db, { applicationId, settings }),
    robots: robots.map(({ id, nickname, username }) => ({ id, name: nickname || username })),
    /** Base URL of the simulator's model; null: there is none. */
    simulatedModelUrl: hasSimulator ? `${env.WECHAT_ORIGIN}${simulatedModelPath}` : null,
  }
}

export type RepliesView = Awaited<ReturnType<typeof readReplies>>

function viewOf({ applicationId: _a, createdAt: _c, position: _p, lastFiredAt, ...rule }: RuleRow): RuleView {
  return { ...rule, lastFiredAt: lastFiredAt?.toISOString() ?? null }
}

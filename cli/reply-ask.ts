import { Command } from 'commander'
import { askOwnModel } from '@/lib/actions/ask-own-model'
import type { Db } from '@/lib/db/client'
import { loadEnvPart } from '@/lib/env'
import { simulatorOriginOf } from '@/lib/model/simulated-model'
import { loadEgressPolicy } from '@/cli/check-callback-url'
import { openSealer } from '@/cli/open-sealer'
import { readQuestion } from '@/cli/read-option'
import { requireApplication } from '@/cli/resolve'
import { withLongAction } from '@/cli/run-command'

const columns = { articles: ['id', 'title', 'isCited'] }

/** `reply ask`: what the model would answer. Spec: F5 (API and command line). */
export function replyAskCommand(): Command {
  const ask = new Command('ask')
    .description('ask the model a question as a customer would; sends nothing')
    .requiredOption('--application <id>', 'application id')
    .requiredOption('--question <text>', 'question', readQuestion)
  return withLongAction<Ask>(ask, runAsk, columns)
}

type Ask = { application: string; question: string }

async function runAsk(db: Db, { application: applicationId, question }: Ask) {
  await requireApplication(db, applicationId)
  const simulatorOrigin = simulatorOriginOf(loadEnvPart('WECHAT', 'WECHAT_ORIGIN'))
  const context = { db, sealer: openSealer(), egress: loadEgressPolicy(), simulatorOrigin }
  const result = await askOwnModel(context, { applicationId, question })
  return {
    outcome: result.outcome,
    answer: result.outcome === 'answered' ? result.answer : '',
    failure: result.outcome === 'failed' ? result.failure : '',
    tokenCount: result.tokenCount,
    cost: result.cost,
    currency: result.currency,
    embeddingFailure: result.embeddingFailure,
    articles: result.articles.map(({ id, title, isCited }) => ({ id, title, isCited })),
  }
}

import { answerQuestion, type AnswerToQuestion, type ModelContext } from '@/lib/actions/answer-question'
import type { Tx } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import { listHistory } from '@/lib/message/list-history'
import { lockDecision } from '@/lib/reply/open-decisions'
import { findCooldown } from '@/lib/reply/reply-limits'
import type { ReplyRobot } from '@/worker/replies/create-replies'
import { concludeUnanswered, findSilence, loadDecision, maxAgeSeconds } from '@/worker/replies/decide-reply'
import { endWith, type Found, handOver, sendReply } from '@/worker/replies/end-decision'

/** Earlier messages that the model sees. */
const historyLength = 6

type Context = ModelContext & { log: Logger }

/**
 * Creates the stage that asks the model. A worker that is killed meanwhile leaves the decision open, and the next owner asks again; the
 * reply is stored with the end of the decision, so it is sent at most once.
 */
export function createModelStage(context: Context) {
  return {
    async answerWithModel(robot: ReplyRobot, decisionId: string, signal: AbortSignal): Promise<void> {
      const { lease } = robot
      try {
        const found = await lease.write((tx) => prepare(tx, decisionId))
        if (!found?.settings || found.text === null) return
        const { messageId } = found.decision
        const history = messageId ? await listHistory(context.db, { messageId, limit: historyLength }) : []
        const answer = await answerQuestion(context, {
          settings: found.settings,
          question: found.text,
          history,
          signal,
        })
        // Aborted: the robot closes. The decision stays open for its next owner.
        if (signal.aborted) return
        if (answer.embeddingFailure !== '')
          context.log.warn({ decisionId, failure: answer.embeddingFailure }, 'question was not embedded')
        if (answer.outcome === 'failed')
          context.log.warn({ decisionId, failure: answer.failure }, 'model did not answer')
        await lease.write((tx) => conclude(tx, decisionId, answer))
      } catch (error) {
        if (signal.aborted) return
        context.log.error({ err: error, robotId: lease.robotId, decisionId }, 'asking the model failed')
      }
    },
  }
}

/** Returns what the decision is about if the model may still answer; ends it otherwise. */
async function prepare(tx: Tx, decisionId: string): Promise<Found | null> {
  const decision = await lockDecision(tx, { decisionId, maxAgeSeconds })
  if (decision?.state !== 'model') return null
  const found = await loadDecision(tx, decision)
  const silence = (await findSilence(tx, found)) ?? (await findCooldown(tx, decision, found.settings!))
  if (!silence) return found
  await endWith(tx, found, { outcome: 'silent', silence })
  return null
}

/** Applies the model's answer, if no person has taken the conversation meanwhile. */
async function conclude(tx: Tx, decisionId: string, answer: AnswerToQuestion): Promise<void> {
  const found = await prepare(tx, decisionId)
  if (!found) return
  if (answer.outcome === 'failed') await concludeUnanswered(tx, found, answer.failure)
  else if (answer.outcome === 'handover') await handOverOrStaySilent(tx, found)
  else {
    const cited = answer.articles.filter(({ isCited }) => isCited).map(({ id, title }) => ({ id, title }))
    const reason = { model: found.settings?.modelName ?? '', articles: cited }
    await sendReply(tx, found, { type: 'text', content: answer.answer, source: 'model', reason })
  }
}

async function handOverOrStaySilent(tx: Tx, found: Found): Promise<void> {
  if (found.settings?.usesHandover) await handOver(tx, found, { source: 'model' })
  else await endWith(tx, found, { outcome: 'silent', silence: 'no_match' })
}

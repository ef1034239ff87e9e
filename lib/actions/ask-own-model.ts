import { answerQuestion, type AnswerToQuestion, type ModelContext } from '@/lib/actions/answer-question'
import { AppError } from '@/lib/errors'
import { findReplySettings } from '@/lib/reply/reply-settings'

/** Asks an application's model a question without history, as a test. @throws ILLEGAL_ACTION if no model is set up */
export async function askOwnModel(
  context: ModelContext,
  { applicationId, question }: { applicationId: string; question: string },
): Promise<AnswerToQuestion> {
  const settings = await findReplySettings(context.db, { applicationId })
  if (!settings?.modelUrl || !settings.modelName) throw new AppError('ILLEGAL_ACTION', { reason: 'model_missing' })
  return answerQuestion(context, { settings, question, history: [] })
}

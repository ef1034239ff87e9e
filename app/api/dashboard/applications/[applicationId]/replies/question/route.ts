import { answerQuestion } from '@/lib/actions/answer-question'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { questionForm } from '@/lib/dashboard/reply/form'
import { AppError } from '@/lib/errors'
import { simulatorOriginOf } from '@/lib/model/simulated-model'
import { findReplySettings } from '@/lib/reply/reply-settings'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: questionForm },
  async ({ ctx, ids: { applicationId }, body: { question } }) => {
    const settings = await findReplySettings(ctx.db, { applicationId })
    if (!settings?.modelUrl || !settings.modelName) throw new AppError('ILLEGAL_ACTION', { reason: 'model_missing' })
    const context = { ...ctx, simulatorOrigin: simulatorOriginOf(ctx.env) }
    return answerQuestion(context, { settings, question, history: [] })
  },
)

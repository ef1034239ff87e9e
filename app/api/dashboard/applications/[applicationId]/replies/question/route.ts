import { askOwnModel } from '@/lib/actions/ask-own-model'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { questionForm } from '@/lib/dashboard/reply/form'
import { simulatorOriginOf } from '@/lib/model/simulated-model'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: questionForm },
  ({ ctx, ids: { applicationId }, body: { question } }) =>
    askOwnModel({ ...ctx, simulatorOrigin: simulatorOriginOf(ctx.env) }, { applicationId, question }),
)

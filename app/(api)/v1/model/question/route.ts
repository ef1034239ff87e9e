import { askOwnModel } from '@/lib/actions/ask-own-model'
import { apiRoute, operation } from '@/lib/http/api-route'
import { askModel as contract } from '@/lib/http/contract/model-contracts'
import { presentModelAnswer } from '@/lib/http/present-reply'
import { simulatorOriginOf } from '@/lib/model/simulated-model'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, parameters: { question } }) => {
    const context = { ...ctx, simulatorOrigin: simulatorOriginOf(ctx.env) }
    return presentModelAnswer(await askOwnModel(context, { applicationId, question }))
  }),
])

import { AppError } from '@/lib/errors'
import { replayCallbacks } from '@/lib/gateway/replay-callbacks'
import { apiRoute, operation } from '@/lib/http/api-route'
import { replayCallbacks as contract } from '@/lib/http/contract/callback-contracts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, parameters: { ids, since } }) => {
    if (!ids && !since) throw new AppError('INVALID_PARAMETER', '参数 ids 缺失（或给出 since）', { parameter: 'ids' })
    let count = 0
    if (ids) count += await replayCallbacks(ctx, { ids, applicationId })
    if (since) count += await replayCallbacks(ctx, { since, applicationId })
    return { count }
  }),
])

import { recordAudit } from '@/lib/audit/record-audit'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { replayCallbacks } from '@/lib/actions/replay-callbacks'
import { apiRoute, operation } from '@/lib/http/api-route'
import { replayCallbacks as contract } from '@/lib/http/contract/callback-contracts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, who, caller: { applicationId }, parameters: { ids, since } }) => {
    if (!ids && !since) throw new AppError('INVALID_PARAMETER', { reason: 'replay_ids_missing', parameter: 'ids' })
    const record = async (tx: Tx, { count }: { count: number }) => {
      if (count === 0) return
      await recordAudit(tx, { ...who, action: 'callback.replay', targetId: applicationId, detail: { count } })
    }
    let count = 0
    if (ids) count += (await replayCallbacks(ctx, { ids, applicationId }, record)).count
    if (since) count += (await replayCallbacks(ctx, { since, applicationId }, record)).count
    return { count }
  }),
])

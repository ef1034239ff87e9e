import { recordAudit } from '@/lib/audit/record-audit'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { replayCallbacks } from '@/lib/gateway/replay-callbacks'
import { apiRoute, operation } from '@/lib/http/api-route'
import { replayCallbacks as contract } from '@/lib/http/contract/callback-contracts'
import { peerAddress } from '@/lib/http/peer-address'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, request, caller: { applicationId, tokenId }, parameters: { ids, since } }) => {
    if (!ids && !since) throw new AppError('INVALID_PARAMETER', '参数 ids 缺失（或给出 since）', { parameter: 'ids' })
    const who = { actor: `token:${tokenId}`, peerAddress: peerAddress(request) }
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

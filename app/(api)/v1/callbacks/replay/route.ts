import { recordAudit } from '@/lib/audit/record-audit'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { replayCallbacks } from '@/lib/actions/replay-callbacks'
import { requireEndpoint } from '@/lib/callback/endpoint/find-endpoint'
import { apiRoute, operation } from '@/lib/http/api-route'
import { replayCallbacks as contract } from '@/lib/http/contract/callback-contracts'
import { readEndpointRef } from '@/lib/http/present-endpoint'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, who, caller: { applicationId }, parameters: { ids, since, endpoint_id: id } }) => {
    if (!ids && !since) throw new AppError('INVALID_PARAMETER', { reason: 'replay_ids_missing', parameter: 'ids' })
    const record = async (tx: Tx, { count }: { count: number }) => {
      if (count === 0) return
      await recordAudit(tx, { ...who, action: 'callback.replay', targetId: applicationId, detail: { count } })
    }
    const endpoint = id === undefined ? undefined : readEndpointRef(applicationId, id)
    if (endpoint) await requireEndpoint(ctx.db, endpoint)
    const endpointId = endpoint?.endpointId
    let count = 0
    if (ids) count += (await replayCallbacks(ctx, { ids, applicationId }, record)).count
    if (since) count += (await replayCallbacks(ctx, { since, applicationId, endpointId }, record)).count
    return { count }
  }),
])

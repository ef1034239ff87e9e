import { z } from 'zod'
import { recordAudit } from '@/lib/audit/record-audit'
import { countReplayable, replayTarget } from '@/lib/callback/delivery/replay'
import { replayCallbacks } from '@/lib/actions/replay-callbacks'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { timestampSchema } from '@/lib/dashboard/timestamp'

const id = z.string().min(1).max(64)
/** `endpointId`: only those of one endpoint; `default`: the default one and logins. */
const endpointId = id.transform((text) => (text === 'default' ? null : text)).optional()
const failedSince = z.object({ applicationId: id, since: timestampSchema, endpointId })
const selection = z.union([z.object({ ids: z.array(id).min(1).max(1000) }), failedSince])

/** Counts the callbacks that a replay would include. */
export const GET = dashboardRoute({ query: failedSince }, ({ ctx, query }) => countReplayable(ctx.db, query))

export const POST = dashboardRoute({ body: selection }, async ({ ctx, who, body }) => {
  return replayCallbacks(ctx, body, async (tx, { count, replayId }) => {
    if (count === 0) return
    const targetId = replayTarget(body, replayId)
    await recordAudit(tx, { ...who, action: 'callback.replay', targetId, detail: { count } })
  })
})

import { z } from 'zod'
import { recordAudit } from '@/lib/audit/record-audit'
import { countReplayable } from '@/lib/callback/count-replayable'
import { replayTarget } from '@/lib/callback/replay-target'
import { replayCallbacks } from '@/lib/gateway/replay-callbacks'
import { dashboardRoute } from '../../dashboard-route'
import { momentText } from '../../moment-text'

const id = z.string().min(1).max(64)
const failedSince = z.object({ applicationId: id, since: momentText })
const selection = z.union([z.object({ ids: z.array(id).min(1).max(1000) }), failedSince])

/** How many a replay would take. */
export const GET = dashboardRoute({ query: failedSince }, async ({ ctx, query }) => ({
  count: await countReplayable(ctx.db, query),
}))

export const POST = dashboardRoute({ body: selection }, async ({ ctx, who, body }) => {
  return replayCallbacks(ctx, body, (tx, { count, replayId }) => {
    const targetId = replayTarget(body, replayId)
    return recordAudit(tx, { ...who, action: 'callback.replay', targetId, detail: { count } })
  })
})

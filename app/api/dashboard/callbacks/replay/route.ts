import { z } from 'zod'
import { recordAudit } from '@/lib/audit/record-audit'
import { replayCallbacks } from '@/lib/gateway/replay-callbacks'
import { dashboardRoute } from '../../dashboard-route'

const id = z.string().min(1).max(64)
const selection = z.union([
  z.object({ ids: z.array(id).min(1).max(1000) }),
  z.object({
    applicationId: id,
    since: z.iso.datetime({ offset: true }).transform((text) => new Date(Math.max(0, Date.parse(text)))),
  }),
])

export const POST = dashboardRoute({ body: selection }, async ({ ctx, who, body }) => {
  const targetId = 'ids' in body ? body.ids.join(',') : body.applicationId
  const count = await replayCallbacks(ctx, body, (tx, replayed) =>
    recordAudit(tx, { ...who, action: 'callback.replay', targetId, detail: { count: replayed } }),
  )
  return { count }
})

import { z } from 'zod'
import { dismissAttention, restoreAttention } from '@/lib/attention/dismissals'
import { recordAudit } from '@/lib/audit/record-audit'
import { attentionKinds } from '@/lib/db/types'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

const item = z.object({ kind: z.enum(attentionKinds), targetId: z.string().min(1).max(64) })

/** Hides an attention item until its state differs from the one that the operator saw. */
export const POST = dashboardRoute({ body: item.extend({ state: z.string().max(1000) }) }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    await dismissAttention(tx, body)
    await recordAudit(tx, { ...who, action: 'attention.dismiss', targetId: body.targetId })
  }),
)

/** Shows a dismissed item again. */
export const DELETE = dashboardRoute({ body: item }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    if (!(await restoreAttention(tx, body))) return
    await recordAudit(tx, { ...who, action: 'attention.restore', targetId: body.targetId })
  }),
)

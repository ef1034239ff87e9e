import { makeQun } from '@/lib/actions/make-qun'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { qunForm } from '@/lib/dashboard/qun/form'
import { qunListQuery, readQuns } from '@/lib/dashboard/qun/list'

export const GET = dashboardRoute({ query: qunListQuery }, ({ ctx, query }) => readQuns(ctx, query))

/** Requests a group; an existing one with this group code is returned. */
export const POST = dashboardRoute({ body: qunForm }, async ({ ctx, who, body }) => {
  const { owner, assistant } = body
  const qun = await makeQun(ctx, body, (tx, qunId) =>
    recordAudit(tx, { ...who, action: 'qun.create', targetId: qunId, detail: { owner, assistant } }),
  )
  return { qunId: qun.id, status: qun.status }
})

import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { quickReplyForm } from '@/lib/dashboard/reply/form'
import { getQuickReplyOrThrow, removeQuickReply, updateQuickReply } from '@/lib/quick-reply/quick-replies'

export const PATCH = dashboardRoute(
  { ids: ['applicationId', 'quickReplyId'], body: quickReplyForm },
  ({ ctx, ids, who, body }) =>
    ctx.db.transaction(async (tx) => {
      const { shortcut, text } = await getQuickReplyOrThrow(tx, ids)
      await updateQuickReply(tx, { ...ids, fields: body })
      const change = { before: { shortcut, text }, after: { ...body } }
      await recordChange(tx, { ...who, action: 'quick_reply.update', targetId: ids.quickReplyId, ...change })
    }),
)

export const DELETE = dashboardRoute({ ids: ['applicationId', 'quickReplyId'] }, ({ ctx, ids, who }) =>
  ctx.db.transaction(async (tx) => {
    const { shortcut } = await removeQuickReply(tx, ids)
    const detail = { applicationId: ids.applicationId, shortcut }
    await recordAudit(tx, { ...who, action: 'quick_reply.delete', targetId: ids.quickReplyId, detail })
  }),
)

import { getApplicationOrThrow } from '@/lib/application/get-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { quickReplyForm } from '@/lib/dashboard/reply/form'
import { readQuickReplies } from '@/lib/dashboard/reply/quick-replies'
import { createQuickReply } from '@/lib/quick-reply/quick-replies'

export const GET = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, ids }) =>
  readQuickReplies(ctx, ids.applicationId),
)

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: quickReplyForm },
  ({ ctx, ids: { applicationId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      await getApplicationOrThrow(tx, { applicationId })
      const { id } = await createQuickReply(tx, { applicationId, ...body })
      await recordAudit(tx, { ...who, action: 'quick_reply.create', targetId: id, detail: { applicationId, ...body } })
      return { quickReplyId: id }
    }),
)

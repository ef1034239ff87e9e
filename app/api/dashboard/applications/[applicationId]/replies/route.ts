import { getApplicationOrThrow } from '@/lib/application/get-application'
import { recordChange } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readReplies } from '@/lib/dashboard/reply/replies'
import { replySettingsChange } from '@/lib/reply/reply-fields'
import { getReplySettings, updateReplySettings } from '@/lib/reply/reply-settings'

export const GET = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, ids }) => readReplies(ctx, ids.applicationId))

export const PATCH = dashboardRoute(
  { ids: ['applicationId'], body: replySettingsChange },
  ({ ctx, ids: { applicationId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      await getApplicationOrThrow(tx, { applicationId })
      const before = await getReplySettings(tx, { applicationId })
      const after = await updateReplySettings(tx, { sealer: ctx.sealer, applicationId, ...body })
      const detail = body.modelKey ? { modelKey: '***' } : undefined
      await recordChange(tx, { ...who, action: 'reply.update', targetId: applicationId, detail, before, after })
    }),
)

import { recordAudit } from '@/lib/audit/record-audit'
import { recordTestEvent } from '@/lib/callback/event/test-event'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['applicationId'] }, async ({ ctx, who, ids: { applicationId } }) => {
  return ctx.db.transaction(async (tx) => {
    const { eventId } = await recordTestEvent(tx, { applicationId })
    await recordAudit(tx, { ...who, action: 'callback.test', targetId: applicationId, detail: { eventId } })
    return { eventId }
  })
})

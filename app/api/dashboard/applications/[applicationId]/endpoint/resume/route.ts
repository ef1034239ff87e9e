import { recordAudit } from '@/lib/audit/record-audit'
import { resumeEndpoint } from '@/lib/callback/resume-endpoint'
import { wakeLane } from '@/lib/queue/wake'
import { dashboardRoute } from '../../../../dashboard-route'

export const POST = dashboardRoute({ ids: ['applicationId'] }, async ({ ctx, who, ids: { applicationId } }) => {
  const lane = await ctx.db.transaction(async (tx) => {
    await recordAudit(tx, { ...who, action: 'callback.resume', targetId: applicationId })
    return resumeEndpoint(tx, { applicationId })
  })
  await wakeLane(ctx, lane)
})

import { recordAudit } from '@/lib/audit/record-audit'
import { listFailingEndpoints } from '@/lib/callback/endpoint/list-endpoints'
import { resumeEndpoint } from '@/lib/callback/endpoint/pause'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['applicationId'] }, async ({ ctx, who, ids: { applicationId } }) => {
  await ctx.db.transaction(async (tx) => {
    const isFailing = (await listFailingEndpoints(tx)).some((endpoint) => endpoint.applicationId === applicationId)
    if (isFailing) await recordAudit(tx, { ...who, action: 'callback.resume', targetId: applicationId })
    await resumeEndpoint(tx, { applicationId })
  })
})

import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { dryRunForm } from '@/lib/dashboard/reply/form'
import { tryRules } from '@/lib/rule/try-rules'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: dryRunForm },
  async ({ ctx, ids: { applicationId }, body }) => ({
    match: await tryRules(ctx.db, { applicationId, ...body, personName: '小林', nowMs: Date.now() }),
  }),
)

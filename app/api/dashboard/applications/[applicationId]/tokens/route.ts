import { issueToken } from '@/lib/application/issue-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { tokenForm } from '@/lib/dashboard/application/form'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: tokenForm },
  ({ ctx, ids: { applicationId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      const issued = await issueToken(tx, { applicationId, ...body })
      const detail = { applicationId, ...body }
      await recordAudit(tx, { ...who, action: 'token.issue', targetId: issued.tokenId, detail })
      return issued
    }),
)

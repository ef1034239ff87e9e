import { revokeToken } from '@/lib/application/revoke-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../../../dashboard-route'

export const DELETE = dashboardRoute(
  { ids: ['applicationId', 'tokenId'] },
  ({ ctx, ids: { applicationId, tokenId }, who }) =>
    ctx.db.transaction(async (tx) => {
      await revokeToken(tx, { applicationId, tokenId })
      await recordAudit(tx, { ...who, action: 'token.revoke', targetId: tokenId, detail: { applicationId } })
    }),
)

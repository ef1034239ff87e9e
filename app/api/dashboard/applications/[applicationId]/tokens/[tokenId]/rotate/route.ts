import { rotateToken } from '@/lib/application/rotate-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { rotateForm } from '@/lib/dashboard/application/form'

export const POST = dashboardRoute({ ids: ['applicationId', 'tokenId'], body: rotateForm }, ({ ctx, ids, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const rotated = await rotateToken(tx, { ...ids, ...body, sealer: ctx.sealer })
    const { tokenId, token, applicationId, oldEndsAt } = rotated
    const detail = { applicationId, newTokenId: tokenId, ...body }
    await recordAudit(tx, { ...who, action: 'token.roll', targetId: ids.tokenId, detail })
    return { tokenId, token, oldEndsAt }
  }),
)

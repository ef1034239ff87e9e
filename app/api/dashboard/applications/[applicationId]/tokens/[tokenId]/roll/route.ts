import { rollToken } from '@/lib/application/roll-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../../../../dashboard-route'
import { rollForm } from '../../../../../forms'

export const POST = dashboardRoute({ ids: ['applicationId', 'tokenId'], body: rollForm }, ({ ctx, ids, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const rolled = await rollToken(tx, { ...ids, ...body, sealer: ctx.sealer })
    const { tokenId, token, applicationId, oldEndsAt } = rolled
    const detail = { applicationId, newTokenId: tokenId, ...body }
    await recordAudit(tx, { ...who, action: 'token.roll', targetId: ids.tokenId, detail })
    return { tokenId, token, oldEndsAt }
  }),
)

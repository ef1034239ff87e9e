import { changeToken } from '@/lib/application/change-token'
import { revokeToken } from '@/lib/application/revoke-token'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { tokenChange } from '@/lib/dashboard/application/form'

const tokenIds = ['applicationId', 'tokenId'] as const

export const PATCH = dashboardRoute({ ids: tokenIds, body: tokenChange }, ({ ctx, ids, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const { before, after } = await changeToken(tx, { ...ids, ...body })
    const detail = { applicationId: ids.applicationId }
    await recordChange(tx, { ...who, action: 'token.update', targetId: ids.tokenId, detail, before, after })
  }),
)

export const DELETE = dashboardRoute({ ids: tokenIds }, ({ ctx, ids: { applicationId, tokenId }, who }) =>
  ctx.db.transaction(async (tx) => {
    const { wasRevoked } = await revokeToken(tx, { applicationId, tokenId })
    if (!wasRevoked)
      await recordAudit(tx, { ...who, action: 'token.revoke', targetId: tokenId, detail: { applicationId } })
  }),
)

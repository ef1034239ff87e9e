import { changeToken } from '@/lib/application/change-token'
import { revokeToken } from '@/lib/application/revoke-token'
import { changedFields } from '@/lib/audit/changed-fields'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../../../dashboard-route'
import { tokenChange } from '../../../../forms'

const tokenIds = ['applicationId', 'tokenId'] as const

export const PATCH = dashboardRoute({ ids: tokenIds, body: tokenChange }, ({ ctx, ids, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const { before, after } = await changeToken(tx, { ...ids, ...body })
    const changed = changedFields(before, after, ['name', 'expiresAt', 'rateLimitPerMinute'])
    const detail = { applicationId: ids.applicationId, ...changed }
    await recordAudit(tx, { ...who, action: 'token.update', targetId: ids.tokenId, detail })
  }),
)

export const DELETE = dashboardRoute({ ids: tokenIds }, ({ ctx, ids: { applicationId, tokenId }, who }) =>
  ctx.db.transaction(async (tx) => {
    await revokeToken(tx, { applicationId, tokenId })
    await recordAudit(tx, { ...who, action: 'token.revoke', targetId: tokenId, detail: { applicationId } })
  }),
)

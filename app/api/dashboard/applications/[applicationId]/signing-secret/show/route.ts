import { showSigningSecret } from '@/lib/application/show-signing-secret'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../../../dashboard-route'

/** POST: a look at the secret is for admins, and the audit tells of it. */
export const POST = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, who, ids: { applicationId } }) =>
  ctx.db.transaction(async (tx) => {
    const shown = await showSigningSecret(tx, { sealer: ctx.sealer, applicationId })
    await recordAudit(tx, { ...who, action: 'application.show-signing-secret', targetId: applicationId })
    return shown
  }),
)

import { showSigningSecret } from '@/lib/application/signing-secret'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

/** Returns the signing secret. A POST, because only admins may see it and the audit records it. */
export const POST = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, who, ids: { applicationId } }) =>
  ctx.db.transaction(async (tx) => {
    const shown = await showSigningSecret(tx, { sealer: ctx.sealer, applicationId })
    await recordAudit(tx, { ...who, action: 'application.show_signing_secret', targetId: applicationId })
    return shown
  }),
)

import { recordAudit } from '@/lib/audit/record-audit'
import { showEndpointSecret } from '@/lib/callback/endpoint/endpoint-secret'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

/** Returns the signing secret. A POST, because only admins may see it and the audit records it. */
export const POST = dashboardRoute({ ids: ['endpointId'] }, ({ ctx, who, ids: { endpointId } }) =>
  ctx.db.transaction(async (tx) => {
    const shown = await showEndpointSecret(tx, { sealer: ctx.sealer, endpointId })
    await recordAudit(tx, { ...who, action: 'endpoint.show_signing_secret', targetId: endpointId })
    return shown
  }),
)

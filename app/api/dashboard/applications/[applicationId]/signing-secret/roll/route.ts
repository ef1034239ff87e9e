import { rollSigningSecret } from '@/lib/application/roll-signing-secret'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../../../dashboard-route'
import { overlapForm } from '../../../../forms'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: overlapForm },
  ({ ctx, who, ids: { applicationId }, body }) =>
    ctx.db.transaction(async (tx) => {
      const rolled = await rollSigningSecret(tx, { sealer: ctx.sealer, applicationId, ...body })
      const action = 'application.roll-signing-secret'
      await recordAudit(tx, { ...who, action, targetId: applicationId, detail: body })
      return rolled
    }),
)

import { rotateSigningSecret } from '@/lib/application/signing-secret'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { overlapForm } from '@/lib/dashboard/application/form'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: overlapForm },
  ({ ctx, who, ids: { applicationId }, body }) =>
    ctx.db.transaction(async (tx) => {
      const rotated = await rotateSigningSecret(tx, { sealer: ctx.sealer, applicationId, ...body })
      const action = 'application.roll_signing_secret'
      await recordAudit(tx, { ...who, action, targetId: applicationId, detail: body })
      return rotated
    }),
)

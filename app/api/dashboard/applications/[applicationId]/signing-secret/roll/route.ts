import { z } from 'zod'
import { rollSigningSecret } from '@/lib/application/roll-signing-secret'
import { maxOverlapSeconds } from '@/lib/application/overlap'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../../../dashboard-route'

const form = z.object({ overlapSeconds: z.number().int().min(0).max(maxOverlapSeconds) })

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: form },
  ({ ctx, who, ids: { applicationId }, body }) =>
    ctx.db.transaction(async (tx) => {
      const rolled = await rollSigningSecret(tx, { sealer: ctx.sealer, applicationId, ...body })
      const action = 'application.roll-signing-secret'
      await recordAudit(tx, { ...who, action, targetId: applicationId, detail: body })
      return rolled
    }),
)

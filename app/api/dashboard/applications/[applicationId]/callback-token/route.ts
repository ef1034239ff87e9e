import { separateCallbackToken } from '@/lib/application/separate-callback-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '../../../dashboard-route'
import { callbackTokenForm } from '../../../forms'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: callbackTokenForm },
  ({ ctx, ids: { applicationId }, who, body: { overlapSeconds } }) =>
    ctx.db.transaction(async (tx) => {
      const { sealer } = ctx
      const issued = await separateCallbackToken(tx, { sealer, applicationId, name: 'callbacks', overlapSeconds })
      const detail = { tokenId: issued.tokenId, overlapSeconds }
      await recordAudit(tx, { ...who, action: 'application.callback_token', targetId: applicationId, detail })
      return issued
    }),
)

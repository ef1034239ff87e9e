import { repeatAccessToken, separateCallbackToken } from '@/lib/application/callback-token'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { overlapForm, repeatForm } from '@/lib/dashboard/application/form'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: overlapForm },
  ({ ctx, ids: { applicationId }, who, body: { overlapSeconds } }) =>
    ctx.db.transaction(async (tx) => {
      const { sealer } = ctx
      const issued = await separateCallbackToken(tx, { sealer, applicationId, name: 'callbacks', overlapSeconds })
      const detail = { tokenId: issued.tokenId, overlapSeconds }
      await recordAudit(tx, { ...who, action: 'application.callback_token', targetId: applicationId, detail })
      return issued
    }),
)

/** Ends the separate callback token: callbacks contain an access token of the application again. */
export const PUT = dashboardRoute(
  { ids: ['applicationId'], body: repeatForm },
  ({ ctx, ids: { applicationId }, who, body: { token, overlapSeconds } }) =>
    ctx.db.transaction(async (tx) => {
      const { sealer } = ctx
      const { tokenId } = await repeatAccessToken(tx, { sealer, applicationId, token, overlapSeconds })
      const detail = { tokenId, overlapSeconds }
      await recordAudit(tx, { ...who, action: 'application.callback_token', targetId: applicationId, detail })
    }),
)

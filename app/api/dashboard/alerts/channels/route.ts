import { createAlertChannel } from '@/lib/actions/change-alert-channel'
import { channelForm } from '@/lib/dashboard/alert/form'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ body: channelForm }, ({ ctx, who, body: { applicationId, ...fields } }) =>
  ctx.db.transaction(async (tx) => {
    const { sealer, egress } = ctx
    const input = { applicationId: applicationId || null, fields }
    const { id } = await createAlertChannel(tx, { sealer, egress, who }, input)
    return { channelId: id }
  }),
)

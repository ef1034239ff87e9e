import { changeAlertChannel, removeAlertChannel } from '@/lib/actions/change-alert-channel'
import { channelChange } from '@/lib/alert/channel-fields'
import { readChannel } from '@/lib/dashboard/alert/view'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

const ids = ['channelId'] as const

export const GET = dashboardRoute({ ids }, ({ ctx, ids: { channelId } }) => readChannel(ctx, channelId))

export const PATCH = dashboardRoute({ ids, body: channelChange }, ({ ctx, who, ids: { channelId }, body: change }) =>
  ctx.db.transaction(async (tx) => {
    const { sealer, egress } = ctx
    await changeAlertChannel(tx, { sealer, egress, who }, { channelId, change })
  }),
)

export const DELETE = dashboardRoute({ ids }, ({ ctx, who, ids: { channelId } }) =>
  ctx.db.transaction(async (tx) => {
    await removeAlertChannel(tx, { who }, { channelId })
  }),
)

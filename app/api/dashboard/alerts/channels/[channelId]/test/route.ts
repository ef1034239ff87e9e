import { testAlertChannel } from '@/lib/actions/change-alert-channel'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['channelId'] }, async ({ ctx, who, ids: { channelId } }) => ({
  problem: await testAlertChannel(ctx, { who }, { channelId }),
}))

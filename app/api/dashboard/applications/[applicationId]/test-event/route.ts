import { tellTest } from '@/lib/callback/tell-test'
import { wakeLane } from '@/lib/queue/wake'
import { dashboardRoute } from '../../../dashboard-route'

export const POST = dashboardRoute({ ids: ['applicationId'] }, async ({ ctx, ids: { applicationId } }) => {
  const { eventId, lane } = await ctx.db.transaction((tx) => tellTest(tx, { applicationId }))
  await wakeLane(ctx, lane)
  return { eventId }
})

import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readReplyLog, replyLogQuery } from '@/lib/dashboard/reply/log'

export const GET = dashboardRoute({ ids: ['applicationId'], query: replyLogQuery }, ({ ctx, ids, query }) =>
  readReplyLog(ctx, ids.applicationId, query),
)

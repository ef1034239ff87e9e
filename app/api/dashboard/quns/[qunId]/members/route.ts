import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { memberListQuery, readMembers } from '@/lib/dashboard/qun/members'

export const GET = dashboardRoute({ ids: ['qunId'], query: memberListQuery }, ({ ctx, ids, query }) =>
  readMembers(ctx, ids.qunId, query),
)

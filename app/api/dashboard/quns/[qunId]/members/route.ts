import { dashboardRoute } from '../../../dashboard-route'
import { memberListQuery, readMembers } from '../../../views/members'

export const GET = dashboardRoute({ ids: ['qunId'], query: memberListQuery }, ({ ctx, ids, query }) =>
  readMembers(ctx, ids.qunId, query),
)

import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readFriendRequests } from '@/lib/dashboard/robot/address-book'
import { friendRequestQuery } from '@/lib/dashboard/robot/contact-form'

export const GET = dashboardRoute({ ids: ['robotId'], query: friendRequestQuery }, ({ ctx, ids, query }) =>
  readFriendRequests(ctx, ids.robotId, query),
)

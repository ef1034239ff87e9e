import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { messageListQuery, readMessagePage } from '@/lib/dashboard/message/list'

export const GET = dashboardRoute({ query: messageListQuery }, ({ ctx, query }) => readMessagePage(ctx, query))

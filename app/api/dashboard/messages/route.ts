import { dashboardRoute } from '../dashboard-route'
import { messageListQuery, readMessagePage } from '../views/messages'

export const GET = dashboardRoute({ query: messageListQuery }, ({ ctx, query }) => readMessagePage(ctx, query))

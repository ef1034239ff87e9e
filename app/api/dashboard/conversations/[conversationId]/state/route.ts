import { changeState } from '@/lib/dashboard/conversation/change'
import { stateForm } from '@/lib/dashboard/conversation/form'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['conversationId'], body: stateForm }, ({ ctx, ids, body }) =>
  changeState(ctx, ids.conversationId, body),
)

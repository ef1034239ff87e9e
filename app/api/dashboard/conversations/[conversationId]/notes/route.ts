import { writeNote } from '@/lib/dashboard/conversation/change'
import { noteForm } from '@/lib/dashboard/conversation/form'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['conversationId'], body: noteForm }, ({ ctx, ids, body }) =>
  writeNote(ctx, ids.conversationId, body),
)

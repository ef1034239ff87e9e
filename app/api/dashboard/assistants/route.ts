import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readAssistants } from '@/lib/dashboard/qun/assistants'

export const GET = dashboardRoute({}, ({ ctx }) => readAssistants(ctx))

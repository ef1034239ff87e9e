import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readSessions } from '@/lib/dashboard/operator/sessions'

/** Lists the sessions of the operator; for an admin, those of all operators. */
export const GET = dashboardRoute({}, ({ ctx, operator }) => readSessions(ctx, operator))

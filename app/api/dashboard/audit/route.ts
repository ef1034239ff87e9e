import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { auditListQuery, readAudit } from '@/lib/dashboard/audit/list'

export const GET = dashboardRoute({ query: auditListQuery }, ({ ctx, query }) => readAudit(ctx, query))

import { dashboardRoute } from '../dashboard-route'
import { auditListQuery, readAudit } from '../views/audit'

export const GET = dashboardRoute({ query: auditListQuery }, ({ ctx, query }) => readAudit(ctx, query))

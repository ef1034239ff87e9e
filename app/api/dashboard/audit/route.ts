import { z } from 'zod'
import { dashboardRoute } from '../dashboard-route'
import { readAudit } from '../views/audit'

const filter = z.object({
  actor: z.string().min(1).optional(),
  action: z.string().min(1).optional(),
  beforeId: z.coerce.number().int().positive().optional(),
})

export const GET = dashboardRoute({ query: filter }, ({ ctx, query }) => readAudit(ctx, query))

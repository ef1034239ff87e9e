import { z } from 'zod'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readHistory } from '@/lib/dashboard/robot/history'

const page = z.object({ before: z.coerce.number().int().positive().optional() })

export const GET = dashboardRoute({ ids: ['robotId'], query: page }, ({ ctx, ids: { robotId }, query }) =>
  readHistory(ctx, { robotId, beforeId: query.before }),
)

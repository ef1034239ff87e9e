import { z } from 'zod'
import { callbackState } from '@/lib/db/schema/callback'
import { dashboardRoute } from '../dashboard-route'
import { readCallbacks } from '../views/callbacks'

const filter = z.object({
  applicationId: z.string().min(1).optional(),
  state: z.enum(callbackState.enumValues).optional(),
  /** The page before this one. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
})

export const GET = dashboardRoute({ query: filter }, ({ ctx, query: { before: beforeSequence, ...query } }) =>
  readCallbacks(ctx, { ...query, beforeSequence }),
)

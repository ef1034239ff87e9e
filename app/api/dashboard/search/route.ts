import { z } from 'zod'
import { findByText } from '@/lib/search/find-by-text'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

const hitsOfAKind = 5
const searchQuery = z.object({
  q: z.string().max(100).trim(),
})

export const GET = dashboardRoute({ query: searchQuery }, async ({ ctx, query }) =>
  query.q ? findByText(ctx.db, { text: query.q, limit: hitsOfAKind }) : [],
)

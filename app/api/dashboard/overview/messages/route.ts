import { z } from 'zod'
import { latestChoiceNames } from '@/lib/message/latest-choices'
import { dashboardRoute } from '../../dashboard-route'
import { readLatestMessages } from '../../views/overview'

const filter = z.object({ show: z.enum(latestChoiceNames).default('all') })

export const GET = dashboardRoute({ query: filter }, ({ ctx, query }) => readLatestMessages(ctx, query.show))

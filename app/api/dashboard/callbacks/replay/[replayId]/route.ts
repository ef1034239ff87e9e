import { countReplayed } from '@/lib/callback/count-replayed'
import { dashboardRoute } from '../../../dashboard-route'

export const GET = dashboardRoute({ ids: ['replayId'] }, ({ ctx, ids }) => countReplayed(ctx.db, ids))

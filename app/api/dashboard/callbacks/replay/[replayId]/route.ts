import { countReplayed } from '@/lib/callback/delivery/replay'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute({ ids: ['replayId'] }, ({ ctx, ids }) => countReplayed(ctx.db, ids))

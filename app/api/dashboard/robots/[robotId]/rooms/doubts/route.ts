import { dashboardRoute } from '../../../../dashboard-route'
import { readDoubts } from '../../../../views/doubts'

export const GET = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids }) => readDoubts(ctx, ids.robotId))

import { testAndRecord } from '@/lib/actions/change-endpoint'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['applicationId'] }, ({ ctx, who, ids: { applicationId } }) =>
  ctx.db.transaction((tx) => testAndRecord(tx, { who }, { applicationId, endpointId: null })),
)

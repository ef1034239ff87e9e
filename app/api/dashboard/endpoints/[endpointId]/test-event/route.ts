import { testAndRecord } from '@/lib/actions/change-endpoint'
import { getAdditionalEndpointOrThrow } from '@/lib/callback/endpoint/find-endpoint'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['endpointId'] }, ({ ctx, who, ids: { endpointId } }) =>
  ctx.db.transaction(async (tx) => {
    const { applicationId } = await getAdditionalEndpointOrThrow(tx, { endpointId })
    return testAndRecord(tx, { who }, { applicationId, endpointId })
  }),
)

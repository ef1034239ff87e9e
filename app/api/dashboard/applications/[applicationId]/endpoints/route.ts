import { addEndpoint } from '@/lib/actions/change-endpoint'
import { endpointFields } from '@/lib/callback/endpoint/endpoint-fields'
import { readEndpointsOf } from '@/lib/dashboard/callback/endpoints'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

const ids = ['applicationId'] as const

export const GET = dashboardRoute({ ids }, ({ ctx, ids: { applicationId } }) => readEndpointsOf(ctx, { applicationId }))

export const POST = dashboardRoute(
  { ids, body: endpointFields },
  ({ ctx, who, ids: { applicationId }, body: fields }) =>
    ctx.db.transaction(async (tx) => {
      const { sealer, egress } = ctx
      const { endpoint, signingSecret } = await addEndpoint(tx, { sealer, egress, who }, { applicationId, fields })
      return { endpointId: endpoint.id, signingSecret }
    }),
)

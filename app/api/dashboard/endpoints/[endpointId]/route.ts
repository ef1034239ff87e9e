import { changeEndpoint, dropEndpoint } from '@/lib/actions/change-endpoint'
import { endpointChange } from '@/lib/callback/endpoint/endpoint-fields'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

const ids = ['endpointId'] as const

export const PATCH = dashboardRoute({ ids, body: endpointChange }, ({ ctx, who, ids: { endpointId }, body: change }) =>
  ctx.db.transaction(async (tx) => {
    const { sealer, egress } = ctx
    await changeEndpoint(tx, { sealer, egress, who }, { endpointId, change })
  }),
)

export const DELETE = dashboardRoute({ ids }, ({ ctx, who, ids: { endpointId } }) =>
  ctx.db.transaction(async (tx) => {
    await dropEndpoint(tx, { who }, { endpointId })
  }),
)

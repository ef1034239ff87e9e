import { rollEndpointSecret } from '@/lib/actions/change-endpoint'
import { overlapForm } from '@/lib/dashboard/application/form'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute(
  { ids: ['endpointId'], body: overlapForm },
  ({ ctx, who, ids: { endpointId }, body }) =>
    ctx.db.transaction((tx) => rollEndpointSecret(tx, { sealer: ctx.sealer, who }, { endpointId, ...body })),
)

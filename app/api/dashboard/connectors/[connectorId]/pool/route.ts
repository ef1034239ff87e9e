import { changeGroupPool } from '@/lib/actions/change-group-pool'
import { getConnectorOrThrow } from '@/lib/connector/find-connector'
import { poolChange } from '@/lib/dashboard/connector/form'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { listGroups } from '@/lib/wecom/list-groups'

const ids = ['connectorId'] as const

export const GET = dashboardRoute({ ids }, async ({ ctx, ids: { connectorId } }) => {
  await getConnectorOrThrow(ctx.db, { connectorId })
  return listGroups(ctx.db, { connectorId })
})

export const PATCH = dashboardRoute({ ids, body: poolChange }, ({ ctx, who, ids: { connectorId }, body }) =>
  ctx.db.transaction((tx) => changeGroupPool(tx, { ...body, connectorId, who })),
)

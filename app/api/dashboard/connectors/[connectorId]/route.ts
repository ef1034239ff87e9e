import { recordAudit } from '@/lib/audit/record-audit'
import { changeConnector } from '@/lib/actions/change-connector'
import { removeConnector } from '@/lib/connector/remove-connector'
import { readConnector } from '@/lib/dashboard/connector/detail'
import { connectorChange } from '@/lib/dashboard/connector/form'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

const ids = ['connectorId'] as const

export const GET = dashboardRoute({ ids }, ({ ctx, ids: { connectorId } }) => readConnector(ctx, connectorId))

export const PATCH = dashboardRoute({ ids, body: connectorChange }, ({ ctx, who, ids: { connectorId }, body }) =>
  ctx.db.transaction(async (tx) => {
    await changeConnector(tx, { ...body, sealer: ctx.sealer, connectorId, who })
  }),
)

export const DELETE = dashboardRoute({ ids }, ({ ctx, who, ids: { connectorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { name } = await removeConnector(tx, { connectorId })
    await recordAudit(tx, { ...who, action: 'connector.remove', targetId: connectorId, detail: { name } })
  }),
)

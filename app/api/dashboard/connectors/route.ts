import { recordAudit } from '@/lib/audit/record-audit'
import { callbackPath } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import { connectorForm } from '@/lib/dashboard/connector/form'
import { readConnectors } from '@/lib/dashboard/connector/list'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const GET = dashboardRoute({}, ({ ctx }) => readConnectors(ctx))

export const POST = dashboardRoute({ body: connectorForm }, ({ ctx, who, body: { applicationIds, ...connector } }) =>
  ctx.db.transaction(async (tx) => {
    const { sealer } = ctx
    const { connectorId, callbackKey } = await createConnector(tx, { sealer, connector, applicationIds })
    const { type, name, settings } = connector
    const detail = { type, name, ...settings, applicationIds }
    await recordAudit(tx, { ...who, action: 'connector.create', targetId: connectorId, detail })
    return { connectorId, callbackUrl: `${ctx.env.PUBLIC_URL}${callbackPath(type, callbackKey)}` }
  }),
)

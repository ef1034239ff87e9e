import { runConnectorCheck } from '@/lib/actions/run-connector-check'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['connectorId'] }, async ({ ctx, who, ids: { connectorId } }) => {
  const { problems } = await runConnectorCheck(ctx, { connectorId }, (tx) =>
    recordAudit(tx, { ...who, action: 'connector.check', targetId: connectorId }),
  )
  return { problemCount: problems?.length ?? 0 }
})

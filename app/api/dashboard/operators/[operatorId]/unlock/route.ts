import { recordAudit } from '@/lib/audit/record-audit'
import { unlockOperator } from '@/lib/operator/unlock-operator'
import { dashboardRoute } from '../../../dashboard-route'

export const POST = dashboardRoute({ ids: ['operatorId'] }, ({ ctx, who, ids: { operatorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { email } = await unlockOperator(tx, { operatorId })
    await recordAudit(tx, { ...who, action: 'operator.unlock', targetId: operatorId, detail: { email } })
  }),
)

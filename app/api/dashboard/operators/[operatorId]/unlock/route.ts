import { recordAudit } from '@/lib/audit/record-audit'
import { unlockOperator } from '@/lib/operator/change-operator'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['operatorId'] }, ({ ctx, who, ids: { operatorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { email, wasLocked } = await unlockOperator(tx, { operatorId })
    if (wasLocked) await recordAudit(tx, { ...who, action: 'operator.unlock', targetId: operatorId, detail: { email } })
  }),
)

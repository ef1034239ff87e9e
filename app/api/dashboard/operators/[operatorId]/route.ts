import { recordAudit } from '@/lib/audit/record-audit'
import { changeRole } from '@/lib/operator/change-role'
import { removeOperator } from '@/lib/operator/remove-operator'
import { dashboardRoute } from '../../dashboard-route'
import { roleForm } from '../../forms'

const ids = ['operatorId'] as const

export const PATCH = dashboardRoute({ ids, body: roleForm }, ({ ctx, who, ids: { operatorId }, body }) =>
  ctx.db.transaction(async (tx) => {
    const { email } = await changeRole(tx, { operatorId, ...body })
    await recordAudit(tx, { ...who, action: 'operator.role', targetId: operatorId, detail: { email, ...body } })
  }),
)

export const DELETE = dashboardRoute({ ids }, ({ ctx, who, ids: { operatorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { email } = await removeOperator(tx, { operatorId })
    await recordAudit(tx, { ...who, action: 'operator.remove', targetId: operatorId, detail: { email } })
  }),
)

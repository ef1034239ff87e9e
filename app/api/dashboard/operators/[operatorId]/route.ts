import { changedFields } from '@/lib/audit/changed-fields'
import { recordAudit } from '@/lib/audit/record-audit'
import { changeRole } from '@/lib/operator/change-role'
import { getOperatorOrThrow } from '@/lib/operator/get-operator'
import { removeOperator } from '@/lib/operator/remove-operator'
import { dashboardRoute } from '../../dashboard-route'
import { roleForm } from '../../forms'

const ids = ['operatorId'] as const

export const PATCH = dashboardRoute({ ids, body: roleForm }, ({ ctx, who, ids: { operatorId }, body }) =>
  ctx.db.transaction(async (tx) => {
    const { email, role } = await getOperatorOrThrow(tx, { operatorId })
    await changeRole(tx, { operatorId, ...body })
    const detail = { email, ...changedFields({ role }, body, ['role']) }
    await recordAudit(tx, { ...who, action: 'operator.role', targetId: operatorId, detail })
  }),
)

export const DELETE = dashboardRoute({ ids }, ({ ctx, who, ids: { operatorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { email } = await removeOperator(tx, { operatorId })
    await recordAudit(tx, { ...who, action: 'operator.remove', targetId: operatorId, detail: { email } })
  }),
)

import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { changeRole, removeOperator } from '@/lib/operator/change-operator'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { roleForm } from '@/lib/dashboard/operator/form'

const ids = ['operatorId'] as const

export const PATCH = dashboardRoute({ ids, body: roleForm }, ({ ctx, who, ids: { operatorId }, body: { role } }) =>
  ctx.db.transaction(async (tx) => {
    const { email, before, endedSessions } = await changeRole(tx, { operatorId, role })
    const change = { before: { role: before }, after: { role }, detail: { email, endedSessions } }
    await recordChange(tx, { ...who, action: 'operator.role', targetId: operatorId, ...change })
  }),
)

export const DELETE = dashboardRoute({ ids }, ({ ctx, who, ids: { operatorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { email } = await removeOperator(tx, { operatorId })
    await recordAudit(tx, { ...who, action: 'operator.remove', targetId: operatorId, detail: { email } })
  }),
)

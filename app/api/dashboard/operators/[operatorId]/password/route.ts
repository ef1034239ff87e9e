import { recordAudit } from '@/lib/audit/record-audit'
import { changePassword } from '@/lib/operator/change-operator'
import { getOperatorOrThrow } from '@/lib/operator/list-operators'
import { newPassword } from '@/lib/operator/create-operator'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['operatorId'] }, ({ ctx, who, ids: { operatorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { email } = await getOperatorOrThrow(tx, { operatorId })
    const password = newPassword()
    const { endedSessions } = await changePassword(tx, { email, password })
    const detail = { email, endedSessions }
    await recordAudit(tx, { ...who, action: 'operator.password', targetId: operatorId, detail })
    return { password }
  }),
)

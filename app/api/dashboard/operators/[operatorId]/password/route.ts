import { recordAudit } from '@/lib/audit/record-audit'
import { changePassword } from '@/lib/operator/change-password'
import { getOperatorOrThrow } from '@/lib/operator/get-operator'
import { newPassword } from '@/lib/operator/new-password'
import { dashboardRoute } from '../../../dashboard-route'

export const POST = dashboardRoute({ ids: ['operatorId'] }, ({ ctx, who, ids: { operatorId } }) =>
  ctx.db.transaction(async (tx) => {
    const { email } = await getOperatorOrThrow(tx, { operatorId })
    const password = newPassword()
    await changePassword(tx, { email, password })
    await recordAudit(tx, { ...who, action: 'operator.password', targetId: operatorId, detail: { email } })
    return { password }
  }),
)

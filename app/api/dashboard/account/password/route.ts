import { recordAudit } from '@/lib/audit/record-audit'
import { changePassword } from '@/lib/operator/change-password'
import { checkPassword } from '@/lib/operator/check-password'
import { dashboardRoute } from '../../dashboard-route'
import { passwordForm } from '../../forms'

export const PUT = dashboardRoute(
  { body: passwordForm, isForEverybody: true },
  async ({ ctx, operator, who, body: { present, password } }) => {
    const operatorId = operator.id
    // Outside the transaction: a wrong password is to be counted although nothing is changed.
    const { email } = await checkPassword(ctx.db, { operatorId, present, peerAddress: who.peerAddress })
    await ctx.db.transaction(async (tx) => {
      await changePassword(tx, { email, password })
      await recordAudit(tx, { ...who, action: 'operator.password', targetId: operatorId, detail: { email } })
    })
  },
)

import { recordAudit } from '@/lib/audit/record-audit'
import { checkPassword } from '@/lib/auth/check-password'
import { readDeviceId } from '@/lib/auth/device-cookie'
import { changePassword } from '@/lib/operator/change-operator'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { passwordForm } from '@/lib/dashboard/operator/form'

export const PUT = dashboardRoute(
  { body: passwordForm, isOpenToViewers: true },
  async ({ ctx, operator, who, headers, body: { currentPassword, password } }) => {
    const operatorId = operator.id
    // Outside the transaction: a wrong password must count even though nothing changes.
    const deviceId = readDeviceId(ctx, headers)
    const { email } = await checkPassword(ctx.db, {
      operatorId,
      currentPassword,
      peerAddress: who.peerAddress,
      deviceId,
    })
    await ctx.db.transaction(async (tx) => {
      const { endedSessions } = await changePassword(tx, { email, password })
      const detail = { email, endedSessions }
      await recordAudit(tx, { ...who, action: 'operator.password', targetId: operatorId, detail })
    })
  },
)

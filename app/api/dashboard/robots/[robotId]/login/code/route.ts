import { enterLoginNumber } from '@/lib/actions/enter-login-number'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { loginNumberForm } from '@/lib/dashboard/robot/form'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

export const POST = dashboardRoute(
  { ids: ['robotId'], body: loginNumberForm },
  async ({ ctx, ids: { robotId }, who, body: { number } }) => {
    await getAnyRobotOrThrow(ctx.db, { robotId })
    await enterLoginNumber(ctx, { robotId, number, actor: who.actor }, (tx) =>
      recordAudit(tx, { ...who, action: 'robot.login_code', targetId: robotId }),
    )
  },
)

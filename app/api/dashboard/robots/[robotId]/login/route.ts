import { recordAudit } from '@/lib/audit/record-audit'
import { logIn } from '@/lib/actions/log-in'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  await logIn(ctx, { robotId, callbackUrl: null, agentId: null, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'robot.login', targetId: robotId }),
  )
})

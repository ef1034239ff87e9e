import { recordAudit } from '@/lib/audit/record-audit'
import { loginAndWait } from '@/lib/gateway/login-and-wait'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '../../../dashboard-route'

export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  await loginAndWait(ctx, { robotId, callbackUrl: null, agentId: null, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'robot.login', targetId: robotId }),
  )
})

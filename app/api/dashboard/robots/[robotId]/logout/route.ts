import { recordAudit } from '@/lib/audit/record-audit'
import { logoutAndWait } from '@/lib/gateway/logout-and-wait'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '../../../dashboard-route'

export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  await logoutAndWait(ctx, { robotId, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'robot.logout', targetId: robotId }),
  )
})

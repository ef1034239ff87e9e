import { recordAudit } from '@/lib/audit/record-audit'
import { logOut } from '@/lib/actions/log-out'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['robotId'] }, async ({ ctx, ids: { robotId }, who }) => {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  await logOut(ctx, { robotId, actor: who.actor }, (tx) =>
    recordAudit(tx, { ...who, action: 'robot.logout', targetId: robotId }),
  )
})

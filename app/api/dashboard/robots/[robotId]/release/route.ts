import { recordAudit } from '@/lib/audit/record-audit'
import { releaseRobot } from '@/lib/actions/release-robot'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

export const POST = dashboardRoute({ ids: ['robotId'] }, ({ ctx, ids: { robotId }, who }) =>
  ctx.db.transaction(async (tx) => {
    const { nickname } = await getAnyRobotOrThrow(tx, { robotId })
    await releaseRobot(tx, { robotId })
    await recordAudit(tx, { ...who, action: 'robot.release', targetId: robotId, detail: { nickname } })
  }),
)

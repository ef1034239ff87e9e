import { getApplicationOrThrow } from '@/lib/application/get-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { createRobot } from '@/lib/robot/create-robot'
import { dashboardRoute } from '../dashboard-route'
import { robotForm } from '../forms'
import { readRobots, robotListQuery } from '../views/robots'

export const GET = dashboardRoute({ query: robotListQuery }, ({ ctx, query }) => readRobots(ctx, query))

export const POST = dashboardRoute({ body: robotForm }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    await getApplicationOrThrow(tx, { applicationId: body.applicationId })
    const robot = await createRobot(tx, body)
    await recordAudit(tx, { ...who, action: 'robot.create', targetId: robot.id, detail: body })
    return { robotId: robot.id }
  }),
)

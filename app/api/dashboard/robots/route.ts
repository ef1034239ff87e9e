import { getApplicationOrThrow } from '@/lib/application/get-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { createRobot } from '@/lib/robot/create-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { robotForm } from '@/lib/dashboard/robot/form'
import { readRobots, robotListQuery } from '@/lib/dashboard/robot/list'

export const GET = dashboardRoute({ query: robotListQuery }, ({ ctx, query }) => readRobots(ctx, query))

export const POST = dashboardRoute({ body: robotForm }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    await getApplicationOrThrow(tx, { applicationId: body.applicationId })
    const limits = { maxRobots: ctx.env.APPLICATION_MAX_ROBOTS, settings: ctx.env }
    const { robot, isNew } = await createRobot(tx, { ...body, ...limits })
    if (isNew) await recordAudit(tx, { ...who, action: 'robot.create', targetId: robot.id, detail: body })
    return { robotId: robot.id }
  }),
)

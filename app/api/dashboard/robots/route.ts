import { getApplicationOrThrow } from '@/lib/application/get-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { createRobot } from '@/lib/robot/create-robot'
import { hasRobot } from '@/lib/robot/get-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { robotForm } from '@/lib/dashboard/robot/form'
import { readRobots, robotListQuery } from '@/lib/dashboard/robot/list'

export const GET = dashboardRoute({ query: robotListQuery }, ({ ctx, query }) => readRobots(ctx, query))

export const POST = dashboardRoute({ body: robotForm }, ({ ctx, who, body }) =>
  ctx.db.transaction(async (tx) => {
    await getApplicationOrThrow(tx, { applicationId: body.applicationId })
    const isThere = await hasRobot(tx, body)
    const robot = await createRobot(tx, { ...body, maxRobots: ctx.env.APPLICATION_MAX_ROBOTS, settings: ctx.env })
    if (!isThere) await recordAudit(tx, { ...who, action: 'robot.create', targetId: robot.id, detail: body })
    return { robotId: robot.id }
  }),
)

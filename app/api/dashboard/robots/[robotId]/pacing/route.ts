import { z } from 'zod'
import { recordChange } from '@/lib/audit/record-audit'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { updateRobot } from '@/lib/robot/update-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { readPacing } from '@/lib/dashboard/robot/pacing'
import { paceForm } from '@/lib/dashboard/robot/form'

const shown = z.object({ limit: z.coerce.number().int().min(1).max(1000).default(50) })

export const GET = dashboardRoute({ ids: ['robotId'], query: shown }, ({ ctx, ids: { robotId }, query: { limit } }) =>
  readPacing(ctx, { robotId, limit }),
)

export const PUT = dashboardRoute({ ids: ['robotId'], body: paceForm }, ({ ctx, ids: { robotId }, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const before = await getAnyRobotOrThrow(tx, { robotId })
    const pace = { sendRatePerMinute: body.ratePerMinute, sendJitterPercent: body.jitterPercent }
    await updateRobot(tx, { robotId, ...pace })
    await recordChange(tx, { ...who, action: 'robot.update', targetId: robotId, before, after: pace })
  }),
)

import { recordChange } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { receptionForm } from '@/lib/dashboard/robot/form'
import { readChangeable } from '@/lib/robot/read-changeable'
import { updateRobot } from '@/lib/robot/update-robot'

/** Changes the welcome text of a 客服 robot, and whether a person is requested in the service. */
export const PUT = dashboardRoute({ ids: ['robotId'], body: receptionForm }, ({ ctx, ids: { robotId }, who, body }) =>
  ctx.db.transaction(async (tx) => {
    const before = await readChangeable(tx, robotId)
    await updateRobot(tx, { robotId, ...body })
    const after = await readChangeable(tx, robotId)
    await recordChange(tx, { ...who, action: 'robot.update', targetId: robotId, before, after })
  }),
)

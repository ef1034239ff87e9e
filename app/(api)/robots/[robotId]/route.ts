import { deleteRobot } from '@/lib/gateway/delete-robot'
import { apiRoute, operation } from '@/lib/http/api-route'
import { removeRobot, showRobot } from '@/lib/http/contract/robot-contracts'
import { presentRobot } from '@/lib/http/present-robot'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(showRobot, async ({ ctx, caller, path }) => {
    const { applicationId } = caller
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    return { robot: presentRobot(robot) }
  }),
  operation(removeRobot, async ({ ctx, caller, path }) => {
    const { applicationId, tokenId } = caller
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    await deleteRobot(ctx, { robotId: robot.id, actor: `token:${tokenId}` })
    return { robot: presentRobot({ ...robot, status: 'offline' }) }
  }),
])

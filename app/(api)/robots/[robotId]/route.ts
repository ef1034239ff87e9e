import { deleteRobot } from '@/lib/gateway/delete-robot'
import { apiRoute, operation } from '@/lib/http/api-route'
import { presentRobot } from '@/lib/http/present-robot'
import { noParameters } from '@/lib/http/robots-parameters'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

// Spec: 查询机器人状态, 删除机器人, A6.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', {
  GET: operation({
    parameters: noParameters,
    async run({ ctx, caller, path }) {
      const { applicationId } = caller
      const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
      return { robot: presentRobot(robot) }
    },
  }),
  DELETE: operation({
    parameters: noParameters,
    async run({ ctx, caller, path }) {
      const { applicationId } = caller
      const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
      await deleteRobot(ctx, { robotId: robot.id })
      return { robot: presentRobot({ ...robot, status: 'offline' }) }
    },
  }),
})

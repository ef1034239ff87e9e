import { z } from 'zod'
import { apiRoute, operation } from '@/lib/http/api-route'
import { presentRobot } from '@/lib/http/present-robot'
import { createRobot } from '@/lib/robot/create-robot'
import { robotUsername } from '@/lib/robot/robot-username'

// Spec: 创建微信机器人, A6.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', {
  POST: operation({
    parameters: z.object({ username: robotUsername }),
    async run({ ctx, caller, parameters }) {
      const robot = await createRobot(ctx.db, { applicationId: caller.applicationId, username: parameters.username })
      return { robot: presentRobot(robot) }
    },
  }),
})

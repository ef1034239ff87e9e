import { apiRoute, operation } from '@/lib/http/api-route'
import * as contracts from '@/lib/http/contract/robot-contracts'
import { presentRobot } from '@/lib/http/present-robot'
import { createRobot } from '@/lib/robot/create-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contracts.createRobot, async ({ ctx, caller, parameters }) => {
    const robot = await createRobot(ctx.db, { applicationId: caller.applicationId, username: parameters.username })
    return { robot: presentRobot(robot) }
  }),
])

import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import * as contracts from '@/lib/http/contract/robot-contracts'
import { presentRobot } from '@/lib/http/present-robot'
import { createRobot } from '@/lib/robot/create-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contracts.createRobot, async ({ ctx, caller: { applicationId }, who, parameters }) => {
    const { username, connection, connector_id, create_account } = parameters
    const robot = await ctx.db.transaction(async (tx) => {
      const { robot: created, isNew } = await createRobot(tx, {
        applicationId,
        username,
        connection,
        connectorId: connector_id,
        createsAccount: create_account,
        maxRobots: ctx.env.APPLICATION_MAX_ROBOTS,
        settings: ctx.env,
      })
      const detail = { username, applicationId, connection: created.connection }
      if (isNew) await recordAudit(tx, { ...who, action: 'robot.create', targetId: created.id, detail })
      return created
    })
    return { robot: presentRobot(robot) }
  }),
])

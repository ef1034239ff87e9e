import { recordAudit } from '@/lib/audit/record-audit'
import { logIn } from '@/lib/actions/log-in'
import { apiRoute, operation } from '@/lib/http/api-route'
import { login } from '@/lib/http/contract/robot-contracts'
import { presentRobot } from '@/lib/http/present-robot'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(login, async ({ ctx, caller, who, parameters, requireRobot }) => {
    const { applicationId } = caller
    const { id: robotId } = requireRobot()
    const { callback_url: callbackUrl, agent_id: agentId } = parameters
    const request = { robotId, callbackUrl, agentId, actor: who.actor }
    const { qrcodeUrl } = await logIn(ctx, request, (tx) =>
      recordAudit(tx, { ...who, action: 'robot.login', targetId: robotId }),
    )
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId })
    return { robot: presentRobot(robot), qrcode_url: qrcodeUrl }
  }),
])

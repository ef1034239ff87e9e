import { loginAndWait } from '@/lib/gateway/login-and-wait'
import { apiRoute, operation } from '@/lib/http/api-route'
import { login } from '@/lib/http/contract/robot-contracts'
import { presentRobot } from '@/lib/http/present-robot'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(login, async ({ ctx, caller, parameters, path }) => {
    const { applicationId, tokenId } = caller
    const { id: robotId } = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    const { callback_url: callbackUrl, agent_id: agentId } = parameters
    const { qrcodeUrl } = await loginAndWait(ctx, { robotId, callbackUrl, agentId, actor: `token:${tokenId}` })
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId })
    return { robot: presentRobot(robot), qrcode_url: qrcodeUrl }
  }),
])

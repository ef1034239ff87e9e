import { loginAndWait } from '@/lib/gateway/login-and-wait'
import { apiRoute, operation } from '@/lib/http/api-route'
import { presentRobot } from '@/lib/http/present-robot'
import { loginParameters } from '@/lib/http/robots-parameters'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

// Spec: 微信登录, A7.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', {
  POST: operation({
    parameters: loginParameters,
    async run({ ctx, caller, parameters, path }) {
      const { applicationId } = caller
      const { id: robotId } = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
      const { qrcodeUrl } = await loginAndWait(ctx, {
        robotId,
        callbackUrl: parameters.callback_url,
        agentId: parameters.agent_id,
      })
      const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId })
      return { robot: presentRobot(robot), qrcode_url: qrcodeUrl }
    },
  }),
})

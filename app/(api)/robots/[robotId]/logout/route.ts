import { logoutAndWait } from '@/lib/gateway/logout-and-wait'
import { apiRoute, operation } from '@/lib/http/api-route'
import { noParameters } from '@/lib/http/robots-parameters'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

// Spec: 退出登录, A7.
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', {
  POST: operation({
    parameters: noParameters,
    async run({ ctx, caller, path }) {
      const { applicationId } = caller
      const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
      await logoutAndWait(ctx, { robotId: robot.id })
    },
  }),
})

import { logoutAndWait } from '@/lib/gateway/logout-and-wait'
import { apiRoute, operation } from '@/lib/http/api-route'
import { logout } from '@/lib/http/contract/robot-contracts'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(logout, async ({ ctx, caller, path }) => {
    const { applicationId, tokenId } = caller
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    await logoutAndWait(ctx, { robotId: robot.id, actor: `token:${tokenId}` })
  }),
])

import { apiRoute, operation } from '@/lib/http/api-route'
import { showMessage } from '@/lib/http/contract/message-contracts'
import { presentMessage } from '@/lib/http/present-message'
import { getMessageOrThrow } from '@/lib/message/get-message'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showMessage, async ({ ctx, path, requireRobot }) => {
    const robot = requireRobot()
    const message = await getMessageOrThrow(ctx.db, { robotId: robot.id, messageId: path('messageId') })
    return { message: presentMessage(message) }
  }),
])

import { sendAndWait } from '@/lib/gateway/send-and-wait'
import { apiRoute, operation } from '@/lib/http/api-route'
import { sendMessage } from '@/lib/http/contract/message-contracts'
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(sendMessage, async ({ ctx, caller, request, parameters, path }) => {
    const { applicationId } = caller
    const idempotencyKey = readIdempotencyKey(request)
    const robot = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    const { to_user: toUser, msg_type: type, content } = parameters
    const sent = await sendAndWait(ctx, { robotId: robot.id, toUser, type, content, idempotencyKey })
    return { message_id: sent.messageId }
  }),
])

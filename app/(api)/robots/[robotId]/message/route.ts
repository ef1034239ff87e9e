import { sendMessage } from '@/lib/actions/send-message'
import { apiRoute, operation } from '@/lib/http/api-route'
import { sendMessage as contract } from '@/lib/http/contract/message-contracts'
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('robots', [
  operation(contract, async ({ ctx, request, parameters, requireRobot }) => {
    const idempotencyKey = readIdempotencyKey(request)
    const robot = requireRobot()
    const { to_user: toUser, msg_type: type, content } = parameters
    const sent = await sendMessage(ctx, { robotId: robot.id, toUser, type, content, idempotencyKey })
    return { message_id: sent.messageId }
  }),
])

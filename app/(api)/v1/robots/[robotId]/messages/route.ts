import { enqueueMessage } from '@/lib/actions/send-message'
import { apiRoute, operation } from '@/lib/http/api-route'
import { sendMessageLater } from '@/lib/http/contract/message-contracts'
import { presentMessage } from '@/lib/http/present-message'
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key'
import { getMessageOrThrow } from '@/lib/message/get-message'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(sendMessageLater, async ({ ctx, request, parameters, requireRobot }) => {
    const idempotencyKey = readIdempotencyKey(request)
    const { id: robotId } = requireRobot()
    const { to_user: toUser, msg_type: type, content } = parameters
    const timeoutMs = parameters.deadline_seconds * 1000
    const { messageId } = await enqueueMessage(ctx, { robotId, toUser, type, content, timeoutMs, idempotencyKey })
    return { message: presentMessage(await getMessageOrThrow(ctx.db, { robotId, messageId })) }
  }),
])

import { sendLater } from '@/lib/gateway/send-later'
import { apiRoute, operation } from '@/lib/http/api-route'
import { sendMessageLater } from '@/lib/http/contract/message-contracts'
import { presentMessage } from '@/lib/http/present-message'
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key'
import { getMessageOrThrow } from '@/lib/message/get-message'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(sendMessageLater, async ({ ctx, caller, request, parameters, path }) => {
    const { applicationId } = caller
    const idempotencyKey = readIdempotencyKey(request)
    const { id: robotId } = await getRobotOrThrow(ctx.db, { applicationId, robotId: path('robotId') })
    const { to_user: toUser, msg_type: type, content } = parameters
    const timeoutMs = parameters.deadline_seconds * 1000
    const { messageId } = await sendLater(ctx, { robotId, toUser, type, content, timeoutMs, idempotencyKey })
    return { message: presentMessage(await getMessageOrThrow(ctx.db, { robotId, messageId })) }
  }),
])

import { enqueueMessage } from '@/lib/actions/send-message'
import { listMessagesWith } from '@/lib/conversation/list-messages-with'
import { apiRoute, operation } from '@/lib/http/api-route'
import { listRobotMessages, sendMessageLater } from '@/lib/http/contract/message-contracts'
import { presentListedMessage, presentMessage } from '@/lib/http/present-message'
import { readContent } from '@/lib/http/read-content'
import { readIdempotencyKey } from '@/lib/http/read-idempotency-key'
import { getMessageOrThrow } from '@/lib/message/get-message'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listRobotMessages, async ({ ctx, parameters: { to_user: toUser, cursor, limit }, requireRobot }) => {
    const query = { robotId: requireRobot().id, toUser, beforeSequence: cursor, limit }
    const { rows, nextCursor } = await listMessagesWith(ctx.db, query)
    return { messages: rows.map(presentListedMessage), next_cursor: nextCursor === null ? null : String(nextCursor) }
  }),
  operation(sendMessageLater, async ({ ctx, request, parameters, requireRobot }) => {
    const idempotencyKey = readIdempotencyKey(request)
    const { id: robotId } = requireRobot()
    const { to_user: toUser } = parameters
    const content = await readContent(parameters, { publicUrl: ctx.env.PUBLIC_URL })
    const timeoutMs = parameters.deadline_seconds * 1000
    const { messageId } = await enqueueMessage(ctx, { robotId, toUser, ...content, timeoutMs, idempotencyKey })
    return { message: presentMessage(await getMessageOrThrow(ctx.db, { robotId, messageId })) }
  }),
])

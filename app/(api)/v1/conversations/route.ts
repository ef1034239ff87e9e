import { listConversations } from '@/lib/conversation/list-conversations'
import { apiRoute, operation } from '@/lib/http/api-route'
import { listConversations as contract } from '@/lib/http/contract/conversation-contracts'
import { presentConversation } from '@/lib/http/present-conversation'
import { getRobotOrThrow } from '@/lib/robot/get-robot'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, async ({ ctx, caller: { applicationId }, parameters }) => {
    const { view, robot_id: robotId, q: search, cursor, limit } = parameters
    if (robotId !== undefined) await getRobotOrThrow(ctx.db, { applicationId, robotId })
    const filters = { view, applicationId, robotId, search }
    const { rows, nextCursor } = await listConversations(ctx.db, { ...filters, cursor, limit })
    return { conversations: rows.map(presentConversation), next_cursor: nextCursor }
  }),
])

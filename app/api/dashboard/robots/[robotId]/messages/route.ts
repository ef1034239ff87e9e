import { recordAudit } from '@/lib/audit/record-audit'
import { sendAndWait } from '@/lib/gateway/send-and-wait'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '../../../dashboard-route'
import { messageForm } from '../../../forms'
import { messageStreamQuery, readMessages } from '../../../views/messages'

export const GET = dashboardRoute({ ids: ['robotId'], query: messageStreamQuery }, ({ ctx, ids, query }) =>
  readMessages(ctx, ids.robotId, query),
)

export const POST = dashboardRoute(
  { ids: ['robotId'], body: messageForm },
  async ({ ctx, ids: { robotId }, who, body }) => {
    await getAnyRobotOrThrow(ctx.db, { robotId })
    return sendAndWait(ctx, { robotId, ...body }, (tx, messageId) =>
      recordAudit(tx, { ...who, action: 'message.send', targetId: messageId, detail: { robotId } }),
    )
  },
)

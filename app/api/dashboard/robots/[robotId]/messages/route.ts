import { recordAudit } from '@/lib/audit/record-audit'
import { sendMessage } from '@/lib/actions/send-message'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { messageForm } from '@/lib/dashboard/message/form'
import { messageStreamQuery, readMessages } from '@/lib/dashboard/message/list'

export const GET = dashboardRoute({ ids: ['robotId'], query: messageStreamQuery }, ({ ctx, ids, query }) =>
  readMessages(ctx, ids.robotId, query),
)

export const POST = dashboardRoute(
  { ids: ['robotId'], body: messageForm },
  async ({ ctx, ids: { robotId }, who, body }) => {
    await getAnyRobotOrThrow(ctx.db, { robotId })
    return sendMessage(ctx, { robotId, ...body }, (tx, messageId) =>
      recordAudit(tx, { ...who, action: 'message.send', targetId: messageId, detail: { robotId } }),
    )
  },
)

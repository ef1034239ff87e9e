import { z } from 'zod'
import { recordAudit } from '@/lib/audit/record-audit'
import { sendAndWait } from '@/lib/gateway/send-and-wait'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '../../../dashboard-route'
import { messageForm } from '../../../forms'
import { readMessages } from '../../../views/messages'

const page = z.object({ before: z.coerce.number().int().positive().optional(), roomId: z.string().optional() })

export const GET = dashboardRoute({ ids: ['robotId'], query: page }, ({ ctx, ids, query }) =>
  readMessages(ctx, { robotId: ids.robotId, roomId: query.roomId, beforeSequence: query.before }),
)

export const POST = dashboardRoute(
  { ids: ['robotId'], body: messageForm },
  async ({ ctx, ids: { robotId }, who, body }) => {
    await getAnyRobotOrThrow(ctx.db, { robotId })
    const sent = await sendAndWait(ctx, { robotId, ...body })
    await recordAudit(ctx.db, { ...who, action: 'message.send', targetId: sent.messageId, detail: { robotId } })
    return sent
  },
)

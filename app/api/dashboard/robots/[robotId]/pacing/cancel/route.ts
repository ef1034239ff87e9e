import { recordAudit } from '@/lib/audit/record-audit'
import { AppError } from '@/lib/errors'
import { cancelWaitingMessages } from '@/lib/message/cancel-waiting-messages'
import { getMessageOrThrow } from '@/lib/message/get-message'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { cancelForm } from '@/lib/dashboard/robot/form'

export const POST = dashboardRoute({ ids: ['robotId'], body: cancelForm }, ({ ctx, ids: { robotId }, who, body }) =>
  ctx.db.transaction(async (tx) => {
    await getAnyRobotOrThrow(tx, { robotId })
    if ('messageId' in body) await getMessageOrThrow(tx, { robotId, ...body })
    const messageIds = await cancelWaitingMessages(tx, { robotId, ...body })
    if ('messageId' in body && messageIds.length === 0)
      throw new AppError('ILLEGAL_ACTION', { reason: 'not_cancellable' })
    const detail = { count: messageIds.length, ...body }
    if (messageIds.length > 0) await recordAudit(tx, { ...who, action: 'message.cancel', targetId: robotId, detail })
    return { count: messageIds.length }
  }),
)

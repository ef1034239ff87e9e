import { recordAudit } from '@/lib/audit/record-audit'
import { AppError } from '@/lib/errors'
import { cancelWaitingMessages } from '@/lib/message/cancel-waiting-messages'
import { getMessageOrThrow } from '@/lib/message/get-message'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { dashboardRoute } from '../../../../dashboard-route'
import { cancelForm } from '../../../pacing-forms'

export const POST = dashboardRoute({ ids: ['robotId'], body: cancelForm }, ({ ctx, ids: { robotId }, who, body }) =>
  ctx.db.transaction(async (tx) => {
    await getAnyRobotOrThrow(tx, { robotId })
    if ('messageId' in body) await getMessageOrThrow(tx, { robotId, ...body })
    const messageIds = await cancelWaitingMessages(tx, { robotId, ...body })
    if ('messageId' in body && messageIds.length === 0)
      throw new AppError('ILLEGAL_ACTION', '消息正在发送或已有结果，不能再取消')
    const detail = { count: messageIds.length, ...body }
    await recordAudit(tx, { ...who, action: 'message.cancel', targetId: robotId, detail })
    return { count: messageIds.length }
  }),
)

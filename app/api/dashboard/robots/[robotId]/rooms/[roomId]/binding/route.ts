import { recordAudit } from '@/lib/audit/record-audit'
import { setBinding } from '@/lib/room/set-binding'
import { dashboardRoute } from '../../../../../dashboard-route'
import { bindingForm } from '../../../../../forms'

export const PUT = dashboardRoute(
  { ids: ['robotId', 'roomId'], body: bindingForm },
  ({ ctx, ids: { robotId, roomId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      await setBinding(tx, { robotId, roomId, isBound: body.isBound })
      await recordAudit(tx, { ...who, action: 'room.bind', targetId: roomId, detail: body })
    }),
)

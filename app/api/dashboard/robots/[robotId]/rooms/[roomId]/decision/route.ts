import { recordAudit } from '@/lib/audit/record-audit'
import { decideDoubt } from '@/lib/room/decide-doubt'
import { dashboardRoute } from '../../../../../dashboard-route'
import { decisionForm } from '../../../../../forms'

export const POST = dashboardRoute(
  { ids: ['robotId', 'roomId'], body: decisionForm },
  ({ ctx, ids: { robotId, roomId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      const decided = await decideDoubt(tx, { robotId, roomId, knownRoomId: body.knownRoomId })
      await recordAudit(tx, { ...who, action: 'room.decide', targetId: roomId, detail: body })
      return decided
    }),
)

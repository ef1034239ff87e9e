import { recordAudit } from '@/lib/audit/record-audit'
import { resolveAmbiguity } from '@/lib/room/resolve-ambiguity'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { decisionForm } from '@/lib/dashboard/room/form'

export const POST = dashboardRoute(
  { ids: ['robotId', 'roomId'], body: decisionForm },
  ({ ctx, ids: { robotId, roomId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      const decided = await resolveAmbiguity(tx, { robotId, roomId, knownRoomId: body.knownRoomId })
      await recordAudit(tx, { ...who, action: 'room.decide', targetId: roomId, detail: body })
      return decided
    }),
)

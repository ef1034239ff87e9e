import { recordAudit } from '@/lib/audit/record-audit'
import { endSession } from '@/lib/operator/operator-session'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'

/** Ends a session of the operator; for an admin, a session of any operator. */
export const DELETE = dashboardRoute(
  { ids: ['sessionId'], isOpenToViewers: true },
  ({ ctx, operator, who, ids: { sessionId } }) =>
    ctx.db.transaction(async (tx) => {
      const ended = await endSession(tx, { sessionId, operatorId: operator.role === 'admin' ? null : operator.id })
      const { operatorId: targetId, email, userAgent, peerAddress } = ended
      const detail = { email, sessionId, userAgent, sessionAddress: peerAddress }
      await recordAudit(tx, { ...who, action: 'operator.end_session', targetId, detail })
    }),
)

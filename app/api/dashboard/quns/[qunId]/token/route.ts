import { recordAudit } from '@/lib/audit/record-audit'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { issueJoinToken } from '@/lib/qun/join-token'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { joinTokenForm } from '@/lib/dashboard/qun/form'

/** Replaces the join token. */
export const POST = dashboardRoute(
  { ids: ['qunId'], body: joinTokenForm },
  ({ ctx, ids: { qunId }, who, body: { expiresAt, maxUses } }) =>
    ctx.db.transaction(async (tx) => {
      await getQunOrThrow(tx, { qunId })
      await issueJoinToken(tx, { qunId, expiresAt, maxUses })
      await recordAudit(tx, { ...who, action: 'qun.token', targetId: qunId, detail: { expiresAt, maxUses } })
    }),
)

import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { memberDecisionForm } from '@/lib/dashboard/qun/form'
import { decideMember } from '@/lib/membership/decide-member'

/** Confirms, refuses or removes a person of a group. */
export const POST = dashboardRoute(
  { ids: ['qunId', 'membershipId'], body: memberDecisionForm },
  ({ ctx, ids: { qunId, membershipId }, who, body: { decision } }) =>
    ctx.db.transaction(async (tx) => {
      const { contactId } = await decideMember(tx, { qunId, membershipId, decision })
      await recordAudit(tx, { ...who, action: 'qun.member', targetId: qunId, detail: { contactId, decision } })
    }),
)

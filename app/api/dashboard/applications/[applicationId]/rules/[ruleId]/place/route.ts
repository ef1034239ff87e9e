import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { placeForm } from '@/lib/dashboard/reply/form'
import { moveRule } from '@/lib/rule/change-rules'

export const POST = dashboardRoute(
  { ids: ['applicationId', 'ruleId'], body: placeForm },
  ({ ctx, ids, who, body: { place } }) =>
    ctx.db.transaction(async (tx) => {
      await moveRule(tx, { ...ids, place })
      await recordAudit(tx, { ...who, action: 'rule.update', targetId: ids.ruleId, detail: { place } })
    }),
)

import { getApplicationOrThrow } from '@/lib/application/get-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { ruleForm } from '@/lib/dashboard/reply/form'
import { newId } from '@/lib/id'
import { createRule } from '@/lib/rule/change-rules'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: ruleForm },
  ({ ctx, ids: { applicationId }, who, body }) =>
    ctx.db.transaction(async (tx) => {
      await getApplicationOrThrow(tx, { applicationId })
      const { id: ruleId } = await createRule(tx, { applicationId, ruleId: newId('rule'), ...body })
      await recordAudit(tx, { ...who, action: 'rule.create', targetId: ruleId, detail: { applicationId, ...body } })
      return { ruleId }
    }),
)

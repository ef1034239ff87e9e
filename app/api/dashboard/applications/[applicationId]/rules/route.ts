import { getApplicationOrThrow } from '@/lib/application/get-application'
import { recordAudit } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { ruleForm } from '@/lib/dashboard/reply/form'
import { newId } from '@/lib/id'
import { createRule } from '@/lib/rule/change-rules'
import { readRuleImage } from '@/lib/rule/rule-image'

export const POST = dashboardRoute(
  { ids: ['applicationId'], body: ruleForm },
  async ({ ctx, ids: { applicationId }, who, body: { imageBase64, ...fields } }) => {
    const image = await readRuleImage(imageBase64)
    return ctx.db.transaction(async (tx) => {
      await getApplicationOrThrow(tx, { applicationId })
      const { id: ruleId } = await createRule(tx, { applicationId, ruleId: newId('rule'), ...fields, image })
      await recordAudit(tx, { ...who, action: 'rule.create', targetId: ruleId, detail: { applicationId, ...fields } })
      return { ruleId }
    })
  },
)

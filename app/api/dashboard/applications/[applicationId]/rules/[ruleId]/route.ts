import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { dashboardRoute } from '@/lib/dashboard/dashboard-route'
import { ruleForm } from '@/lib/dashboard/reply/form'
import { getRuleOrThrow, removeRule, updateRule } from '@/lib/rule/change-rules'
import { readRuleImage } from '@/lib/rule/rule-image'

export const PATCH = dashboardRoute(
  { ids: ['applicationId', 'ruleId'], body: ruleForm },
  async ({ ctx, ids, who, body: { imageBase64, ...fields } }) => {
    const image = await readRuleImage(imageBase64)
    await ctx.db.transaction(async (tx) => {
      const before = await getRuleOrThrow(tx, ids)
      const after = await updateRule(tx, { ...ids, fields, image })
      await recordChange(tx, { ...who, action: 'rule.update', targetId: ids.ruleId, before, after })
    })
  },
)

export const DELETE = dashboardRoute({ ids: ['applicationId', 'ruleId'] }, ({ ctx, ids, who }) =>
  ctx.db.transaction(async (tx) => {
    const { name } = await removeRule(tx, ids)
    const detail = { applicationId: ids.applicationId, name }
    await recordAudit(tx, { ...who, action: 'rule.delete', targetId: ids.ruleId, detail })
  }),
)

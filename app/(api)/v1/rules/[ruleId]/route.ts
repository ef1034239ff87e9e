import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import {
  removeRule as removeContract,
  showRule as showContract,
  updateRule as updateContract,
} from '@/lib/http/contract/rule-contracts'
import { presentRule } from '@/lib/http/present-reply'
import { readRule } from '@/lib/http/read-rule'
import { getRuleOrThrow, removeRule, updateRule } from '@/lib/rule/change-rules'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(showContract, async ({ ctx, caller: { applicationId }, path }) => ({
    rule: presentRule(await getRuleOrThrow(ctx.db, { applicationId, ruleId: path('ruleId') })),
  })),
  operation(updateContract, async ({ ctx, caller: { applicationId }, who, parameters, path }) => {
    const ruleId = path('ruleId')
    const read = await readRule(parameters)
    return ctx.db.transaction(async (tx) => {
      const before = await getRuleOrThrow(tx, { applicationId, ruleId })
      const after = await updateRule(tx, { applicationId, ruleId, ...read })
      await recordChange(tx, { ...who, action: 'rule.update', targetId: ruleId, before, after })
      return { rule: presentRule(after) }
    })
  }),
  operation(removeContract, ({ ctx, caller: { applicationId }, who, path }) =>
    ctx.db.transaction(async (tx) => {
      const rule = await removeRule(tx, { applicationId, ruleId: path('ruleId') })
      const detail = { applicationId, name: rule.name }
      await recordAudit(tx, { ...who, action: 'rule.delete', targetId: rule.id, detail })
      return { rule: presentRule(rule) }
    }),
  ),
])

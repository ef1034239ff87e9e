import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { placeRule as contract } from '@/lib/http/contract/rule-contracts'
import { presentRule } from '@/lib/http/present-reply'
import { listRules, moveRule } from '@/lib/rule/change-rules'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(contract, ({ ctx, caller: { applicationId }, who, parameters: { place }, path }) =>
    ctx.db.transaction(async (tx) => {
      const ruleId = path('ruleId')
      await moveRule(tx, { applicationId, ruleId, place })
      await recordAudit(tx, { ...who, action: 'rule.update', targetId: ruleId, detail: { place } })
      return { rules: (await listRules(tx, { applicationId })).map(presentRule) }
    }),
  ),
])

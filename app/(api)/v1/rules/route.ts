import { recordAudit } from '@/lib/audit/record-audit'
import { apiRoute, operation } from '@/lib/http/api-route'
import { createRule as createContract, listRules as listContract } from '@/lib/http/contract/rule-contracts'
import { presentRule } from '@/lib/http/present-reply'
import { readRule } from '@/lib/http/read-rule'
import { newId } from '@/lib/id'
import { createRule, listRules } from '@/lib/rule/change-rules'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiRoute('v1', [
  operation(listContract, async ({ ctx, caller }) => ({ rules: (await listRules(ctx.db, caller)).map(presentRule) })),
  operation(createContract, async ({ ctx, caller: { applicationId }, who, parameters }) => {
    const { fields, image } = await readRule(parameters)
    return ctx.db.transaction(async (tx) => {
      const rule = await createRule(tx, { applicationId, ruleId: newId('rule'), ...fields, image })
      await recordAudit(tx, { ...who, action: 'rule.create', targetId: rule.id, detail: { applicationId, ...fields } })
      return { rule: presentRule(rule) }
    })
  }),
])

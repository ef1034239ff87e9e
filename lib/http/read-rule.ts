import { describeIssue } from '@/lib/http/describe-issue'
import type { RuleParameters } from '@/lib/http/contract/reply-contracts'
import { completeRule, type RuleFields } from '@/lib/rule/rule-fields'

/** Returns the parameters of a rule in our names. @throws INVALID_PARAMETER if its fields do not fit together */
export function readRule(parameters: RuleParameters): RuleFields {
  const { robot_id, qun_id, enabled, opening_hours, cooldown_seconds, ...same } = parameters
  const parsed = completeRule.safeParse({
    ...same,
    robotId: robot_id,
    qunId: qun_id,
    isEnabled: enabled,
    openingHours: opening_hours && {
      timeZone: opening_hours.time_zone,
      days: opening_hours.days,
      from: opening_hours.from,
      to: opening_hours.to,
      isOutside: opening_hours.is_outside,
    },
    cooldownSeconds: cooldown_seconds,
  })
  if (!parsed.success) throw describeIssue(parsed.error)
  return parsed.data
}

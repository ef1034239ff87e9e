import type { Db } from '@/lib/db/client'
import { listRules } from '@/lib/rule/change-rules'
import { matchRules, type RuleEvent, type RuleMatch } from '@/lib/rule/match-rules'

/** Returns what the enabled rules of an application would reply to an event, without cooldowns and without an effect. */
export async function tryRules(
  db: Db,
  { applicationId, ...event }: RuleEvent & { applicationId: string },
): Promise<RuleMatch | null> {
  const rules = await listRules(db, { applicationId })
  return matchRules(
    rules.filter(({ isEnabled }) => isEnabled),
    event,
  )
}

import { RE2JS } from 're2js'
import type { OpeningHours, RuleAnswer, RuleTrigger } from '@/lib/db/types'
import { fillVariables } from '@/lib/fill-variables'
import { isWithinHours } from '@/lib/rule/opening-hours'

/** Maximum length of a message that rules read, in UTF-16 units: WeChat's own limit. */
const maxTextLength = 16_384
/** Maximum UTF-16 units of a message that an expression reads; with `maxProgramSize` this takes some tens of milliseconds. */
const maxExpressionTextLength = 4000
const maxProgramSize = 300
const maxCompiled = 1000

export type Rule = {
  id: string
  name: string
  trigger: RuleTrigger
  patterns: string[]
  openingHours: OpeningHours | null
  answer: RuleAnswer
  content: string
  /** The image is an upload. */
  hasImage: boolean
  robotId: string | null
  qunId: string | null
}

/** What happened: a person wrote a text (`text` null: something other than text) or joined a room. */
export type RuleEvent = {
  type: 'message' | 'joined'
  robotId: string
  /** The qun of the room; null: none. */
  qunId: string | null
  text: string | null
  isFirstContact: boolean
  personName: string
  nowMs: number
}

/** `content`: with the person's name filled in. */
export type RuleMatch = { ruleId: string; ruleName: string; answer: RuleAnswer; content: string; hasImage: boolean }

/**
 * Returns what the first matching rule replies; null: none matches. Rules in `coolingDownRuleIds` are passed over: they replied to this person
 * or room within their cooldown. The cost is linear in the text: expressions are RE2.
 */
export function matchRules(
  rules: readonly Rule[],
  event: RuleEvent,
  coolingDownRuleIds: ReadonlySet<string> = new Set(),
): RuleMatch | null {
  const rule = rules.find((each) => !coolingDownRuleIds.has(each.id) && isMatch(each, event))
  if (!rule) return null
  const content = rule.answer === 'image' ? rule.content : fillVariables(rule.content, { name: event.personName })
  return { ruleId: rule.id, ruleName: rule.name, answer: rule.answer, content, hasImage: rule.hasImage }
}

function isMatch(rule: Rule, event: RuleEvent): boolean {
  if (rule.robotId !== null && rule.robotId !== event.robotId) return false
  if (rule.qunId !== null && rule.qunId !== event.qunId) return false
  if (rule.openingHours && !isWithinHours(rule.openingHours, event.nowMs)) return false
  if (rule.trigger === 'joined') return event.type === 'joined'
  if (event.type !== 'message') return false
  if (rule.trigger === 'first_contact') return event.isFirstContact
  if (event.text === null) return false
  const text = normalize(event.text.slice(0, maxTextLength))
  switch (rule.trigger) {
    case 'equals':
      return rule.patterns.some((pattern) => normalize(pattern) === text)
    case 'contains':
      return rule.patterns.some((pattern) => text.includes(normalize(pattern)))
    case 'matches':
      return rule.patterns.some(
        (pattern) => compile(pattern)?.matcher(text.slice(0, maxExpressionTextLength)).find() ?? false,
      )
  }
}

/** Returns the text as it is compared: full-width forms as half-width, lower case, without blanks at the ends. */
export function normalize(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

const compiled = new Map<string, RE2JS | null>()

/** Returns the compiled expression; null: it is not valid RE2, or too large. Keeps the last thousand. */
export function compile(pattern: string): RE2JS | null {
  const kept = compiled.get(pattern)
  if (kept !== undefined) return kept
  const expression = tryCompile(pattern)
  if (compiled.size >= maxCompiled) compiled.delete(compiled.keys().next().value ?? '')
  compiled.set(pattern, expression)
  return expression
}

function tryCompile(pattern: string): RE2JS | null {
  try {
    const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    return expression.programSize() <= maxProgramSize ? expression : null
  } catch {
    return null
  }
}

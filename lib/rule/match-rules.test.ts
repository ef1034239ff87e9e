import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, matchRules, type Rule, type RuleEvent } from '@/lib/rule/match-rules'

const anyRule: Rule = {
  id: 'rul_1',
  name: '规则',
  trigger: 'contains',
  patterns: ['运费'],
  openingHours: null,
  answer: 'text',
  hasImage: false,
  content: '满 99 元包邮。',
  robotId: null,
  qunId: null,
}
const anyEvent: RuleEvent = {
  type: 'message',
  robotId: 'rbt_1',
  qunId: null,
  text: '运费多少？',
  isFirstContact: false,
  personName: '小林',
  nowMs: Date.parse('2026-11-25T02:00:00Z'),
}
const match = (rule: Partial<Rule>, event: Partial<RuleEvent> = {}) =>
  matchRules([{ ...anyRule, ...rule }], { ...anyEvent, ...event })
const weekdays = { timeZone: 'Asia/Shanghai', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', isOutside: false }

describe('a rule matches', () => {
  const cases: [string, Partial<Rule>, Partial<RuleEvent>, boolean][] = [
    ['a text that contains one of its patterns', { patterns: ['邮费', '运费'] }, {}, true],
    ['no text that contains none', { patterns: ['退款'] }, {}, false],
    ['an equal text', { trigger: 'equals', patterns: ['你好'] }, { text: ' 你好\n' }, true],
    ['full-width letters and any case', { trigger: 'equals', patterns: ['hello 1'] }, { text: 'ＨＥＬＬＯ １' }, true],
    ['no longer text', { trigger: 'equals', patterns: ['你好'] }, { text: '你好吗' }, false],
    ['an expression', { trigger: 'matches', patterns: ['(退|换)货'] }, { text: '我要换货' }, true],
    ['an expression in any case', { trigger: 'matches', patterns: ['^ORDER \\d+$'] }, { text: 'order 12' }, true],
    ['no text with an invalid expression', { trigger: 'matches', patterns: ['(退'] }, { text: '(退' }, false],
    ['no expression that is too large', { trigger: 'matches', patterns: ['(a{1,100}){1,10}'] }, { text: 'a' }, false],
    ['no expression that RE2 lacks', { trigger: 'matches', patterns: ['(?=退)'] }, { text: '退' }, false],
    ['a person who joined', { trigger: 'joined', patterns: [] }, { type: 'joined', text: null }, true],
    ['no message with a rule for joins', { trigger: 'joined', patterns: [] }, {}, false],
    ['no join with a rule for texts', {}, { type: 'joined' }, false],
    ['a first message', { trigger: 'first_contact', patterns: [] }, { isFirstContact: true }, true],
    ['no second message', { trigger: 'first_contact', patterns: [] }, {}, false],
    ['a first picture', { trigger: 'first_contact', patterns: [] }, { isFirstContact: true, text: null }, true],
    ['no picture with a rule for texts', {}, { text: null }, false],
    ['its robot', { robotId: 'rbt_1' }, {}, true],
    ['no other robot', { robotId: 'rbt_2' }, {}, false],
    ['its qun', { qunId: 'qun_1' }, { qunId: 'qun_1' }, true],
    ['no private message with a rule of a qun', { qunId: 'qun_1' }, {}, false],
    ['within opening hours (Wednesday 10:00)', { openingHours: weekdays }, {}, true],
    ['not at their end', { openingHours: weekdays }, { nowMs: Date.parse('2026-11-25T10:00:00Z') }, false],
    ['not at the weekend', { openingHours: weekdays }, { nowMs: Date.parse('2026-11-28T02:00:00Z') }, false],
    [
      'outside them, if the rule requests that',
      { openingHours: { ...weekdays, isOutside: true } },
      { nowMs: Date.parse('2026-11-28T02:00:00Z') },
      true,
    ],
    [
      'in the night after its day (Saturday 01:00)',
      { openingHours: { ...weekdays, from: '22:00', to: '02:00' } },
      { nowMs: Date.parse('2026-11-27T17:00:00Z') },
      true,
    ],
  ]
  it.each(cases)('%s', (_, rule, event, isMatch) => expect(match(rule, event) !== null).toBe(isMatch))
})

it('the first matching rule replies, and one in its cooldown is passed over', () => {
  const rules = ['rul_1', 'rul_2'].map((id) => ({ ...anyRule, id }))
  expect(matchRules(rules, anyEvent)?.ruleId).toBe('rul_1')
  expect(matchRules(rules, anyEvent, new Set(['rul_1']))?.ruleId).toBe('rul_2')
})

it("an answer contains the person's name without control and direction characters", () => {
  expect(match({ content: '{name}，你好' }, { personName: '小\u202E林\n$&' })?.content).toBe('小林$&，你好')
})

it('an expression that backtracks elsewhere takes linear time', () => {
  const began = process.cpuUsage()
  expect(match({ trigger: 'matches', patterns: ['^(a+)+$'] }, { text: `${'a'.repeat(3900)}b` })).toBeNull()
  // Processor time, which does not depend on what else runs.
  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000)
})

it('no pattern and no text make matching throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (pattern, text) => {
      compile(pattern)
      for (const trigger of ['equals', 'contains', 'matches'] as const)
        match({ trigger, patterns: [pattern] }, { text, personName: text })
    }),
    { numRuns: 50 },
  )
})

import { z } from 'zod'
import { ruleAnswers, ruleTriggers } from '@/lib/db/types'
import { findUrlProblem, urlProblems } from '@/lib/egress/find-url-problem'
import { plainText, visibleName } from '@/lib/plain-text'

/** Maximum rules of an application. */
export const maxRules = 200
const maxPatterns = 20
const maxPatternLength = 200
/** Maximum characters of a rule's text; the same as of any message that is sent. */
export const maxAnswerLength = 2000
const maxCooldownSeconds = 30 * 86_400

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '须为 HH:MM')

/** Returns whether this runtime knows a time zone, for example `Asia/Shanghai`. */
function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const openingHoursSchema = z.object({
  timeZone: z
    .string()
    .min(1)
    .max(64)
    .refine(isTimeZone, '不是时区名，例如 Asia/Shanghai')
    .meta({ description: '时区，例如 `Asia/Shanghai`', examples: ['Asia/Shanghai'] }),
  days: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .meta({ description: '星期，1 为周一，7 为周日', examples: [[1, 2, 3, 4, 5]] }),
  from: time.meta({ examples: ['09:00'] }),
  to: time.meta({ description: '早于 from 时到次日为止', examples: ['18:00'] }),
  isOutside: z
    .boolean()
    .default(false)
    .meta({ description: 'true：这段时间之外才回复', examples: [false] }),
})

const id = plainText({ maxLength: 64 })

/** Fields of a rule as an operator or a client enters them; `checkRule` checks how they fit together. */
export const ruleFields = z.object({
  name: visibleName(64).meta({ description: '名称', examples: ['欢迎'] }),
  robotId: id.nullable().default(null).meta({ description: '只用于这个机器人；null：应用的所有机器人' }),
  qunId: id.nullable().default(null).meta({ description: '只用于这个微群；null：不限' }),
  isEnabled: z
    .boolean()
    .default(true)
    .meta({ description: '是否启用', examples: [true] }),
  trigger: z.enum(ruleTriggers).meta({
    description:
      'joined 有人入群，equals 消息等于，contains 消息包含，matches 消息匹配（RE2 语法），first_contact 首次私聊',
    examples: ['contains'],
  }),
  patterns: z
    .array(plainText({ maxLength: maxPatternLength, isTrimmed: true }))
    .max(maxPatterns, `最多 ${maxPatterns} 个`)
    .default([])
    .meta({
      description: '文字或表达式，符合其一即可，不分大小写；joined 和 first_contact 不填',
      examples: [['运费', '包邮']],
    }),
  openingHours: openingHoursSchema.nullable().default(null).meta({ description: '时段；null：不限' }),
  answer: z
    .enum(ruleAnswers)
    .meta({ description: 'text 回复文字，image 回复图片，handover 转人工', examples: ['text'] }),
  content: plainText({ maxLength: maxAnswerLength, isMultiline: true, mayBeEmpty: true })
    .default('')
    .meta({
      description: '文字（`{name}` 为对方的名字）、图片链接，或转人工时发送的文字（可为空）',
      examples: ['满 99 元包邮。'],
    }),
  /** The image is an upload, and `content` is empty. */
  hasImage: z.boolean().default(false),
  cooldownSeconds: z
    .number()
    .int()
    .min(0)
    .max(maxCooldownSeconds)
    .default(0)
    .meta({ description: '同一个人或同一个群里，多少秒内不再用这条规则回复', examples: [0] }),
})

export type RuleFields = z.output<typeof ruleFields>

/** Returns the field that does not fit the others, with the reason in Chinese and the key of its text; null: the rule is complete. */
function findRuleProblem(rule: RuleFields) {
  const needsPatterns = ['equals', 'contains', 'matches'].includes(rule.trigger)
  if (needsPatterns && rule.patterns.length === 0)
    return { field: 'patterns', rule: 'required', text: '不能为空' } as const
  if (rule.answer === 'text' && !rule.content.trim())
    return { field: 'content', rule: 'required', text: '不能为空' } as const
  const problem = rule.answer === 'image' && !rule.hasImage ? findUrlProblem(rule.content) : null
  return problem && ({ field: 'content', rule: problem, text: urlProblems[problem].zh } as const)
}

function refuseIncomplete(rule: RuleFields, context: z.RefinementCtx): void {
  const problem = findRuleProblem(rule)
  if (problem)
    context.addIssue({ code: 'custom', message: problem.text, path: [problem.field], params: { rule: problem.rule } })
}

/** Fields whose combination is checked; for forms and requests that contain a whole rule. */
export const completeRule = ruleFields.superRefine(refuseIncomplete)

/** A whole rule with the image that is uploaded for it; "": none, or the stored one stays. */
export const ruleWithUpload = ruleFields.extend({ imageBase64: z.base64().default('') }).superRefine(refuseIncomplete)

import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { ruleAnswers, ruleTriggers } from '@/lib/db/types'
import { type UploadedImage, readUploadedImage } from '@/lib/media/read-upload'
import { completeRule, type RuleFields } from '@/lib/rule/rule-fields'
import { maxRuleImageMib } from '@/lib/rule/rule-image'
import { readDays, readHours, readNumber, readTimeZone } from '@/cli/read-option'

/** Options of a rule's fields, for `rule create` and `rule update`. */
export type RuleOptions = {
  name?: string
  trigger?: string
  pattern?: string[]
  answer?: string
  content?: string
  image?: string
  robot?: string
  qun?: string
  hours?: { from: string; to: string } | 'always'
  days?: number[]
  timeZone?: string
  outside?: boolean
  cooldown?: number
}

/** Adds the options of a rule's fields to a command. */
export function withRuleOptions(command: Command): Command {
  return command
    .option('--pattern <text...>', 'text or RE2 expression, repeatable; one has to match')
    .option('--answer <answer>', ruleAnswers.join(', '))
    .option('--content <text>', 'text, URL of an image, or text sent at the handover')
    .option('--image <file>', 'image of this computer, sent instead of a link')
    .option('--robot <id>', 'only in conversations of this robot; empty: all robots')
    .option('--qun <id>', 'only in the room of this merchant group; empty: everywhere')
    .option('--hours <from-to>', 'only at these hours, for example 09:00-18:00; empty: always', readHours)
    .option('--days <1-7...>', 'days of these hours, Monday is 1; by default 1 to 5', readDays)
    .option('--time-zone <name>', 'time zone of these hours; by default Asia/Shanghai', readTimeZone)
    .option('--outside', 'reply outside these hours instead')
    .option('--cooldown <seconds>', 'minimum time until it replies again to the same person or room', readNumber)
}

/** `rule create` also needs a trigger and a name. */
export const triggerHelp = ruleTriggers.join(', ')

/**
 * Returns a whole rule: the given options, otherwise the fields of `before`. @throws Error that names the option that is not valid,
 * IMAGE_UNUSABLE
 */
export async function readRuleOptions(
  options: RuleOptions,
  before: Partial<RuleFields> = {},
): Promise<{ fields: RuleFields; image: UploadedImage | null }> {
  const { name, trigger, pattern, answer, content, image, robot, qun, cooldown } = options
  const given = {
    name,
    trigger,
    patterns: pattern,
    answer: answer ?? (image === undefined ? undefined : 'image'),
    content: content ?? (image === undefined ? undefined : ''),
    robotId: robot === '' ? null : robot,
    qunId: qun === '' ? null : qun,
    openingHours: readOpeningHours(options, before),
    cooldownSeconds: cooldown,
    hasImage: image !== undefined ? true : content === undefined ? undefined : false,
  }
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const parsed = completeRule.safeParse({ answer: 'text', ...before, ...defined })
  const field = parsed.error?.issues[0]?.path[0]
  if (!parsed.success)
    throw new Error(`--${optionOf[String(field)] ?? String(field ?? 'rule')} is not valid. See rule create --help.`)
  const upload =
    image === undefined ? null : await readUploadedImage(await readFile(image), { maxMib: maxRuleImageMib })
  return { fields: parsed.data, image: upload }
}

const optionOf: Record<string, string> = {
  patterns: 'pattern',
  robotId: 'robot',
  qunId: 'qun',
  openingHours: 'hours',
  cooldownSeconds: 'cooldown',
}

/** undefined: unchanged. */
function readOpeningHours({ hours, days, timeZone, outside }: RuleOptions, { openingHours }: Partial<RuleFields>) {
  if (hours === 'always') return null
  if (hours === undefined && days === undefined && timeZone === undefined && outside === undefined) return undefined
  const start = openingHours ?? { from: '', to: '', days: [1, 2, 3, 4, 5], timeZone: 'Asia/Shanghai', isOutside: false }
  return {
    ...start,
    ...hours,
    days: days ?? start.days,
    timeZone: timeZone ?? start.timeZone,
    isOutside: outside ?? start.isOutside,
  }
}

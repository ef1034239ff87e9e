import { Command } from 'commander'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { ruleAnswers, ruleTriggers } from '@/lib/db/types'
import { newId } from '@/lib/id'
import { createRule, getRuleOrThrow, listRules, moveRule, removeRule, updateRule } from '@/lib/rule/change-rules'
import { completeRule, ruleFields } from '@/lib/rule/rule-fields'
import { tryRules } from '@/lib/rule/try-rules'
import { readBoolean, readNumber } from '@/cli/read-option'
import { requireApplication, requireRobot } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = { rules: ['id', 'name', 'trigger', 'patterns', 'answer', 'content', 'isEnabled', 'firedCount'] }

/** `rule list`, `create`, `update`, `remove` and `try`. Spec: F5 (rules on the command line). */
export function ruleCommand(): Command {
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--application <id>', 'application id')
  const create = of('create', 'create a rule after all others')
    .requiredOption('--name <text>', 'name')
    .requiredOption('--trigger <trigger>', ruleTriggers.join(', '))
    .option('--pattern <text...>', 'text or RE2 expression, repeatable; one has to match')
    .option('--answer <answer>', ruleAnswers.join(', '), 'text')
    .option('--content <text>', 'text, URL of an image, or text sent at the hand-over', '')
    .option('--robot <id>', 'only in conversations of this robot')
    .option('--cooldown <seconds>', 'minimum time until it replies again to the same person or room', readNumber, 0)
  const update = of('update', 'turn a rule on or off, or move it')
    .requiredOption('--rule <id>', 'rule id')
    .option('--enabled <true|false>', 'whether it replies', readBoolean)
    .option('--place <n>', 'its place, from 1', readNumber)
  const remove = of('remove', 'remove a rule').requiredOption('--rule <id>', 'rule id')
  const attempt = of('try', 'show what the rules would reply to a message')
    .requiredOption('--text <text>', 'message')
    .option('--robot <id>', 'as a message to this robot')
  const rule = new Command('rule')
    .description('manage rules of automatic replies')
    .addCommand(withAction(of('list', 'list rules in the order in which they are tried'), runList, columns))
    .addCommand(withAction(create, runCreate))
    .addCommand(withAction(update, runUpdate))
    .addCommand(withAction(remove, runRemove))
    .addCommand(withAction(attempt, runTry))
  return withExamples(
    rule,
    'rule create --application app_… --name 欢迎 --trigger joined --content "欢迎 {name}"',
    'rule create --application app_… --name 运费 --trigger contains --pattern 运费 包邮 --content "满 99 元包邮。"',
    'rule try --application app_… --text 运费多少',
  )
}

type OfApplication = { application: string }

const runList: Action<OfApplication> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  const rules = await listRules(tx, { applicationId })
  return {
    rules: rules.map(({ id, name, trigger, patterns, answer, content, isEnabled, firedCount }) => {
      return { id, name, trigger, patterns: patterns.join(' | '), answer, content, isEnabled, firedCount }
    }),
  }
}

type Create = OfApplication & {
  name: string
  trigger: string
  pattern?: string[]
  answer: string
  content: string
  robot?: string
  cooldown: number
}

const runCreate: Action<Create> = async (tx, { application: applicationId, pattern, robot, cooldown, ...fields }) => {
  await requireApplication(tx, applicationId)
  if (robot !== undefined) await requireRobot(tx, robot)
  const input = { ...fields, patterns: pattern ?? [], robotId: robot ?? null, cooldownSeconds: cooldown }
  const parsed = completeRule.safeParse(input)
  const issue = parsed.error?.issues[0]
  if (!parsed.success) throw new Error(`--${issue?.path.join('.') || 'rule'} is not valid. See rule create --help.`)
  const { id: ruleId } = await createRule(tx, { applicationId, ruleId: newId('rule'), ...parsed.data })
  const detail = { applicationId, ...parsed.data }
  await recordAudit(tx, { actor: 'cli', action: 'rule.create', targetId: ruleId, detail })
  return { ruleId }
}

type Update = OfApplication & { rule: string; enabled?: boolean; place?: number }

const runUpdate: Action<Update> = async (tx, { application: applicationId, rule: ruleId, enabled, place }) => {
  const before = await getRuleOrThrow(tx, { applicationId, ruleId })
  if (place !== undefined) await moveRule(tx, { applicationId, ruleId, place })
  const fields = ruleFields.parse({ ...before, isEnabled: enabled ?? before.isEnabled })
  const after = { ...(await updateRule(tx, { applicationId, ruleId, fields })), position: before.position }
  const detail = place === undefined ? undefined : { place }
  await recordChange(tx, { actor: 'cli', action: 'rule.update', targetId: ruleId, detail, before, after })
  return { ruleId }
}

const runRemove: Action<OfApplication & { rule: string }> = async (
  tx,
  { application: applicationId, rule: ruleId },
) => {
  const { name } = await removeRule(tx, { applicationId, ruleId })
  await recordAudit(tx, { actor: 'cli', action: 'rule.delete', targetId: ruleId, detail: { applicationId, name } })
  return { ruleId }
}

type Try = OfApplication & { text: string; robot?: string }

const runTry: Action<Try> = async (tx, { application: applicationId, text, robot = '' }) => {
  await requireApplication(tx, applicationId)
  const event = { type: 'message' as const, text, robotId: robot, qunId: null, isFirstContact: false }
  const match = await tryRules(tx, { applicationId, ...event, personName: '小林', nowMs: Date.now() })
  return match ? { ...match } : { ruleId: null }
}

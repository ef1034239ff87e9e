import { Command, Option } from 'commander'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { newId } from '@/lib/id'
import { createRule, getRuleOrThrow, listRules, moveRule, removeRule, updateRule } from '@/lib/rule/change-rules'
import { tryRules } from '@/lib/rule/try-rules'
import { readBoolean, readNumber } from '@/cli/read-option'
import { requireApplication, requireRobot } from '@/cli/resolve'
import { readRuleOptions, type RuleOptions, triggerHelp, withRuleOptions } from '@/cli/rule-fields'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = { rules: ['id', 'name', 'trigger', 'patterns', 'answer', 'content', 'isEnabled', 'firedCount'] }
const events = ['message', 'first_message', 'joined'] as const

/** `rule list`, `create`, `update`, `remove` and `try`. Spec: F5 (API and command line). */
export function ruleCommand(): Command {
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--application <id>', 'application id')
  const create = of('create', 'create a rule after all others')
    .requiredOption('--name <text>', 'name')
    .requiredOption('--trigger <trigger>', triggerHelp)
  const update = of('update', 'change the given fields of a rule, turn it on or off, or move it')
    .requiredOption('--rule <id>', 'rule id')
    .option('--name <text>', 'name')
    .option('--trigger <trigger>', triggerHelp)
    .option('--enabled <true|false>', 'whether it replies', readBoolean)
    .option('--place <n>', 'its place, from 1', readNumber)
  for (const command of [create, update]) withRuleOptions(command)
  const remove = of('remove', 'remove a rule').requiredOption('--rule <id>', 'rule id')
  const attempt = of('try', 'show what the rules would reply to a message')
    .option('--text <text>', 'message', '')
    .addOption(new Option('--event <event>', 'what happened').choices(events).default('message'))
    .option('--robot <id>', 'in a conversation of this robot')
    .option('--qun <id>', 'in the room of this merchant group')
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
    'rule create --application app_… --name 地图 --trigger contains --pattern 地址 --image map.png --hours 09:00-18:00',
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

type Create = OfApplication & RuleOptions

const runCreate: Action<Create> = async (tx, { application: applicationId, ...options }) => {
  await requireApplication(tx, applicationId)
  if (options.robot) await requireRobot(tx, options.robot)
  const { fields, image } = await readRuleOptions(options)
  const { id: ruleId } = await createRule(tx, { applicationId, ruleId: newId('rule'), ...fields, image })
  const detail = { applicationId, ...fields }
  await recordAudit(tx, { actor: 'cli', action: 'rule.create', targetId: ruleId, detail })
  return { ruleId }
}

type Update = Create & { rule: string; enabled?: boolean; place?: number }

const runUpdate: Action<Update> = async (
  tx,
  { application: applicationId, rule: ruleId, enabled, place, ...options },
) => {
  const before = await getRuleOrThrow(tx, { applicationId, ruleId })
  if (place !== undefined) await moveRule(tx, { applicationId, ruleId, place })
  const { fields, image } = await readRuleOptions(options, { ...before, isEnabled: enabled ?? before.isEnabled })
  const after = { ...(await updateRule(tx, { applicationId, ruleId, fields, image })), position: before.position }
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

type Try = OfApplication & { text: string; event: (typeof events)[number]; robot?: string; qun?: string }

const runTry: Action<Try> = async (tx, { application: applicationId, text, event, robot = '', qun = null }) => {
  await requireApplication(tx, applicationId)
  const match = await tryRules(tx, {
    applicationId,
    type: event === 'joined' ? 'joined' : 'message',
    isFirstContact: event === 'first_message',
    text,
    robotId: robot,
    qunId: qun,
    personName: '小林',
    nowMs: Date.now(),
  })
  return match ? { ...match } : { ruleId: null }
}

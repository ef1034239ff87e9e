import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import type { z } from 'zod'
import { recordChange } from '@/lib/audit/record-audit'
import { roomModes } from '@/lib/db/types'
import { readModelSpending } from '@/lib/model/read-model-spending'
import { replySettingsChange } from '@/lib/reply/reply-fields'
import { getReplySettings, updateReplySettings } from '@/lib/reply/reply-settings'
import { replyAskCommand } from '@/cli/reply-ask'
import { replyLogCommand } from '@/cli/reply-log'
import { openSealer } from '@/cli/open-sealer'
import { readBoolean, readNumber } from '@/cli/read-option'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

/** Reads a price; "": none. */
const readPrice = (amount: string) => (amount === '' ? '' : Number(amount))

/** `reply show`, `update`, `ask` and `log`: who replies automatically, and the model. Spec: F5 (API and command line). */
export function replyCommand(): Command {
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--application <id>', 'application id')
  const stage = (command: Command, name: string, what: string) =>
    command.option(`--${name} <true|false>`, what, readBoolean)
  const update = of('update', 'change the given settings')
  stage(update, 'rules', 'reply by rules')
  stage(update, 'callback', 'reply with the response of the callback')
  stage(update, 'model', 'reply with the model')
  stage(update, 'handover', 'hand over to a person')
  stage(update, 'unanswered', 'also hand over private messages that nothing replied to')
  update
    .option('--keyword <text...>', 'handover keyword, repeatable; replaces all')
    .option('--handover-text <text>', 'text sent at the handover, may be empty')
    .option('--robot <id...>', 'robots that reply automatically, repeatable; empty: all robots')
    .option('--qun <id...>', 'merchant groups in which they reply, besides private chats; empty: all rooms')
    .option('--person-cooldown <seconds>', 'minimum time between two replies to one person', readNumber)
    .option('--room-limit <n>', 'maximum replies in a room in a minute', readNumber)
    .option('--model-url <url>', 'base URL of an OpenAI-compatible service')
    .option('--model-name <name>', 'model')
    .option('--embedding-model <name>', 'model that finds articles by meaning; empty: by words only')
    .option('--model-key-stdin', 'read the API key from standard input; an empty one is removed')
    .option('--model-instructions <text>', 'instructions, for example tone and role')
    .option('--model-temperature <n>', 'temperature from 0 to 2', Number)
    .option('--model-max-tokens <n>', 'maximum tokens of one answer', readNumber)
    .option('--model-timeout <seconds>', 'timeout', readNumber)
    .option('--model-monthly-tokens <n>', 'maximum tokens in a month, 0 for no limit', Number)
    .option(
      '--model-input-price <amount>',
      'price of a million input tokens, embeddings included; empty: none',
      readPrice,
    )
    .option('--model-output-price <amount>', 'price of a million output tokens; empty: none', readPrice)
    .option('--model-currency <code>', 'ISO 4217 code of the currency of the prices, for example CNY')
    .option('--model-rooms <mode>', roomModes.join(', '))
  const reply = new Command('reply')
    .description('manage who replies automatically, and the model')
    .addCommand(withAction(of('show', 'show the settings, and the use of the model in this month'), runShow))
    .addCommand(withAction(update, runUpdate))
    .addCommand(replyAskCommand())
    .addCommand(replyLogCommand())
  return withExamples(
    reply,
    'reply update --application app_… --rules true --handover true',
    'reply log --application app_… --outcome silent',
    'reply update --application app_… --model true --model-url https://api.openai.com/v1 --model-name gpt-5-mini --model-key-stdin < key.txt',
  )
}

type OfApplication = { application: string }

const runShow: Action<OfApplication> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  const settings = await getReplySettings(tx, { applicationId })
  return { ...settings, monthlyUsage: await readModelSpending(tx, { applicationId, settings }) }
}

/** The settings, by the options that change them. */
const settingOf = {
  rules: 'usesRules',
  callback: 'usesCallback',
  model: 'usesModel',
  handover: 'usesHandover',
  unanswered: 'handsOverUnanswered',
  keyword: 'handoverKeywords',
  handoverText: 'handoverText',
  robot: 'robotIds',
  qun: 'qunIds',
  personCooldown: 'personCooldownSeconds',
  roomLimit: 'roomRepliesPerMinute',
  modelUrl: 'modelUrl',
  modelName: 'modelName',
  embeddingModel: 'embeddingModel',
  modelInstructions: 'modelInstructions',
  modelTemperature: 'modelTemperature',
  modelMaxTokens: 'modelMaxTokens',
  modelTimeout: 'modelTimeoutSeconds',
  modelMonthlyTokens: 'modelMonthlyTokens',
  modelInputPrice: 'modelInputPrice',
  modelOutputPrice: 'modelOutputPrice',
  modelCurrency: 'modelCurrency',
  modelRooms: 'modelRoomMode',
} as const satisfies Record<string, keyof z.input<typeof replySettingsChange>>

type Update = OfApplication & Partial<Record<keyof typeof settingOf, unknown>> & { modelKeyStdin?: true }

const runUpdate: Action<Update> = async (tx, { application: applicationId, modelKeyStdin, ...options }) => {
  await requireApplication(tx, applicationId)
  const modelKey = modelKeyStdin ? (await text(process.stdin)).trim() : undefined
  const names = Object.keys(settingOf) as (keyof typeof settingOf)[]
  const settings = Object.fromEntries(names.map((name) => [settingOf[name], readEmpty(name, options[name])]))
  const parsed = replySettingsChange.safeParse({ ...settings, modelKey })
  if (!parsed.success) throw new Error(describe(parsed.error.issues[0]!))
  const before = await getReplySettings(tx, { applicationId })
  const after = await updateReplySettings(tx, { sealer: openSealer(), applicationId, ...parsed.data })
  const detail = modelKey ? { modelKey: '***' } : undefined
  await recordChange(tx, { actor: 'cli', action: 'reply.update', targetId: applicationId, detail, before, after })
  return { ...after }
}

const emptiable = ['robot', 'qun', 'modelInputPrice', 'modelOutputPrice']

/** Returns null for an empty list of robots or merchant groups, which means all, and for an empty price. */
function readEmpty(name: string, value: unknown): unknown {
  const isEmpty = Array.isArray(value) ? value.every((id) => id === '') : value === ''
  return emptiable.includes(name) && isEmpty ? null : value
}

/** Names the option of a wrong setting, and its limit if it is a number. */
function describe(issue: z.core.$ZodIssue): string {
  const name = Object.entries(settingOf).find(([, setting]) => setting === issue.path[0])?.[0] ?? 'modelKeyStdin'
  const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  return `${option} is not valid${limitOf(issue)}. See reply update --help.`
}

function limitOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return `: the maximum is ${issue.maximum}`
  return issue.code === 'too_small' ? `: the minimum is ${issue.minimum}` : ''
}

import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { recordChange } from '@/lib/audit/record-audit'
import { loadEnvPart } from '@/lib/env'
import { defaultDays } from '@/lib/installation/retention'
import { retentionFields, thresholdFields } from '@/lib/installation/setting-fields'
import { readInstallationSettings, updateInstallationSettings } from '@/lib/installation/settings'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const settingsChange = z.object({ ...thresholdFields, ...retentionFields }).partial()
type Change = z.output<typeof settingsChange>

/** `settings show` and `settings update`: what administrators set for the whole installation. Spec: D5 (alerts), D6 (retention). */
export function settingsCommand(): Command {
  const update = new Command('update')
    .description('change the given settings')
    .option('--waiting-minutes <n>', 'minutes that a conversation waits before an alert, 1 to 1440', readSetting)
    .option('--disk-percent <n>', 'used share of a disk that is an alert, 50 to 99', readSetting)
    .option('--database-limit-gb <n|none>', 'size that the database may have; an alert at 90 percent', readSetting)
  const days = (name: string, what: string) => update.option(`--${name} <n|environment>`, what, readSetting)
  days('message-days', 'days that messages are kept, 1 to 3650')
  days('media-days', 'days that received pictures and files are kept')
  days('event-days', 'days that callbacks and their attempts are kept')
  days('response-days', 'days that the responses of callbacks are kept')
  days('session-change-days', 'days that the login history is kept')
  const settings = new Command('settings')
    .description('manage the settings of the installation: retention and alerts')
    .addCommand(withAction(new Command('show').description('show the settings'), runShow))
    .addCommand(withAction(update, runUpdate))
  return withExamples(
    settings,
    'settings update --message-days 90 --media-days environment',
    'settings update --database-limit-gb 100 --disk-percent 85',
  )
}

/** Parses a whole number. `unset` stands for null, which commander replaces by "". */
function readSetting(text: string): number | 'unset' {
  if (text === 'none' || text === 'environment') return 'unset'
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, none or environment.')
  return Number(text)
}

const runShow: Action<object> = async (tx) => {
  const settings = await readInstallationSettings(tx)
  const days = defaultDays(
    loadEnvPart('MESSAGE_DAYS', 'MEDIA_DAYS', 'CALLBACK_EVENT_DAYS', 'CALLBACK_ANSWER_DAYS', 'SESSION_CHANGE_DAYS'),
  )
  const environment = {
    messageDays: days.messages,
    mediaDays: days.media,
    eventDays: days.events,
    responseDays: days.responses,
    sessionChangeDays: days.sessionChanges,
  }
  return { settings, environment }
}

const runUpdate: Action<Partial<Record<keyof Change, number | 'unset'>>> = async (tx, options) => {
  const values = Object.entries(options).map(([name, value]) => [name, value === 'unset' ? null : value])
  const parsed = settingsChange.safeParse(Object.fromEntries(values))
  if (!parsed.success) throw new Error(describe(parsed.error.issues[0]!))
  const before = await readInstallationSettings(tx)
  await updateInstallationSettings(tx, parsed.data)
  const after = await readInstallationSettings(tx)
  await recordChange(tx, { actor: 'cli', action: 'installation.update', targetId: 'installation', before, after })
  return { settings: after }
}

/** Names the option of a wrong setting, and what it takes. */
function describe(issue: z.core.$ZodIssue): string {
  const option = `--${String(issue.path[0]).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  if (issue.code === 'too_big') return `${option} is not valid: the maximum is ${issue.maximum}.`
  if (issue.code === 'too_small') return `${option} is not valid: the minimum is ${issue.minimum}.`
  return `${option} must be a number.`
}

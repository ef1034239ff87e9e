import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import {
  changeAlertChannel,
  createAlertChannel,
  removeAlertChannel,
  throwNamed,
} from '@/lib/actions/change-alert-channel'
import { channelFields } from '@/lib/alert/channel-fields'
import { listChannels } from '@/lib/alert/find-channel'
import { listAlerts } from '@/lib/alert/list-alerts'
import { alertChannelTypes, alertKinds, alertLanguages, type AlertChannelType } from '@/lib/db/types'
import { newSigningSecret } from '@/lib/secret'
import { loadEgressPolicy } from '@/cli/check-callback-url'
import { openSealer } from '@/cli/open-sealer'
import { readAlertType, readBoolean, readKinds, readLanguage, readName, readNumber } from '@/cli/read-option'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples, withLongAction } from '@/cli/run-command'

type Fields = {
  name?: string
  kinds?: (typeof alertKinds)[number][]
  language?: (typeof alertLanguages)[number]
  enabled?: boolean
  url?: string
  secretStdin?: boolean
  host?: string
  port?: number
  security?: string
  from?: string
  to?: string[]
  user?: string
}

const columns = {
  channels: ['id', 'application', 'type', 'name', 'kinds', 'isEnabled', 'lastSentAt', 'problem'],
  alerts: ['id', 'kind', 'targetId', 'openedAt', 'closedAt'],
}
const who = { actor: 'cli' }

/** `alert list`, `channels`, `create`, `update`, `test` and `remove`. Spec: D5 (alerts). */
export function alertCommand(): Command {
  const create = new Command('create')
    .description('create an alert channel, of the installation or of one application')
    .requiredOption('--type <type>', alertChannelTypes.join(', '), readAlertType)
    .requiredOption('--name <name>', 'name of the channel', readName)
    .option('--application <id>', 'only the alerts of this application')
    .option('--robot <id>', 'robot_owner: the iLink robot that writes to its owner')
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--channel <id>', 'channel id')
  const update = of('update', 'change the given settings of a channel')
    .option('--name <name>', 'new name', readName)
    .option('--enabled <true|false>', 'whether alerts are sent to it', readBoolean)
  for (const command of [create, update])
    command
      .option(
        '--kinds <list>',
        `alerts it receives, separated by commas: ${alertKinds.join(', ')}; default: all`,
        readKinds,
      )
      .option('--language <language>', `language of the messages: ${alertLanguages.join(' or ')}`, readLanguage)
      .option('--url <url>', 'webhook address of a group robot or a webhook')
      .option(
        '--secret-stdin',
        'read the signature secret, the signing secret or the mail password from standard input',
      )
      .option('--host <name>', 'email: mail server')
      .option('--port <n>', 'email: its port; 465 by default', readNumber)
      .option('--security <tls|starttls|none>', 'email: encryption; tls by default')
      .option('--from <address>', 'email: sender')
      .option('--to <address...>', 'email: recipient, repeatable')
      .option('--user <name>', 'email: user name')
  const test = of('test', 'send a test message from a worker and report whether it was accepted')
  const alert = new Command('alert')
    .description('manage alerts and the channels they are sent to')
    .addCommand(withAction(new Command('list').description('list the latest alerts'), runList, columns))
    .addCommand(withAction(new Command('channels').description('list alert channels'), runChannels, columns))
    .addCommand(withAction(create, runCreate))
    .addCommand(withAction(update, runUpdate))
    .addCommand(
      withLongAction<{ channel: string }>(test, async (db, { channel }) =>
        (await import('@/cli/test-alert')).testAlert(db, channel),
      ),
    )
    .addCommand(withAction(of('remove', 'remove a channel'), runRemove))
  return withExamples(
    alert,
    'alert create --type feishu --name 值班群 --url https://open.feishu.cn/open-apis/bot/v2/hook/… --secret-stdin < secret.txt',
    'alert create --type email --name 值班 --host smtp.example.com --from wxbot@example.com --to a@example.com --user wxbot --secret-stdin < password.txt',
    'alert test --channel alc_…',
  )
}

const runList: Action<object> = async (tx) => ({ alerts: await listAlerts(tx, { limit: 100 }) })

const runChannels: Action<object> = async (tx) => ({
  channels: (await listChannels(tx)).map(({ applicationId, kinds, failureReason, ...channel }) => ({
    ...channel,
    application: applicationId ?? '',
    kinds: kinds.join(', '),
    problem: failureReason ?? '',
  })),
})

const runCreate: Action<Fields & { type: AlertChannelType; application?: string; robot?: string }> = async (
  tx,
  options,
) => {
  const { type, application: applicationId = null, robot: robotId, kinds = [...alertKinds] } = options
  if (applicationId) await requireApplication(tx, applicationId)
  const { settings, secrets, ...shown } = await readFields(options)
  const signingSecret = type === 'webhook' ? (secrets.signingSecret ?? newSigningSecret()) : ''
  const given = { type, ...shown, kinds, robotId, settings, secrets: { ...secrets, signingSecret } }
  const parsed = channelFields.safeParse(withoutUndefined(given))
  const fields = parsed.success ? parsed.data : throwNamed(parsed.error)
  const channel = await createAlertChannel(tx, context(), { applicationId, fields })
  return { channelId: channel.id, ...(signingSecret && { signingSecret }) }
}

const runUpdate: Action<Fields & { channel: string }> = async (tx, { channel: channelId, ...options }) => {
  const { id, name, kinds, language, isEnabled } = await changeAlertChannel(tx, context(), {
    channelId,
    change: await readFields(options),
  })
  return { channel: { id, name, kinds, language, isEnabled } }
}

const runRemove: Action<{ channel: string }> = async (tx, { channel: channelId }) => {
  await removeAlertChannel(tx, { who }, { channelId })
  return { channelId }
}

const context = () => ({ sealer: openSealer(), egress: loadEgressPolicy(), who })

/** Reads the fields of a channel from the options; undefined: not given. */
async function readFields(options: Fields) {
  const { name, kinds, language, enabled: isEnabled, url, host, port, security, from, to, user } = options
  const secret = options.secretStdin ? (await text(process.stdin)).trim() : undefined
  const settings = withoutUndefined({ host, port, security, from, to })
  const secrets = withoutUndefined({ url, secret, signingSecret: secret, user, password: secret })
  return { name, kinds, language, isEnabled, settings, secrets }
}

function withoutUndefined<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values
}

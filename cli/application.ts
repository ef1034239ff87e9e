import { Command } from 'commander'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { createApplication } from '@/lib/application/create-application'
import { listApplications } from '@/lib/application/list-applications'
import { defaultOverlapSeconds } from '@/lib/application/overlap'
import { separateCallbackToken } from '@/lib/application/callback-token'
import { updateApplication } from '@/lib/application/update-application'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { getDefaultConnector, setDefaultConnector } from '@/lib/connector/lend-connector'
import type { Tx } from '@/lib/db/client'
import type { CallbackEventType, ChosenConnection, RoomScope } from '@/lib/db/types'
import { openSealer } from '@/cli/open-sealer'
import {
  readBoolean,
  readCallbackUrl,
  readDefaultConnection,
  readDuration,
  readEvents,
  readName,
  readScope,
} from '@/cli/read-option'
import { refuseCallbackUrl, warnExposedToken } from '@/cli/check-callback-url'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

type Settings = { json?: boolean; name?: string; callbackUrl?: string; scope?: RoomScope; events?: CallbackEventType[] }

const columns = { applications: ['id', 'name', 'callbackUrl', 'roomScope', 'robotCount', 'tokenCount', 'disabledAt'] }

/** `application list`, `create`, `update` and `callback-token`. Spec: D4 (commands). */
export function applicationCommand(): Command {
  const list = new Command('list').description('list applications')
  const create = new Command('create')
    .description('create an application; its token and signing secret are shown only once')
    .requiredOption('--name <name>', 'name of the application', readName)
  const update = new Command('update')
    .description('update an application')
    .requiredOption('--application <id>', 'application id')
    .option('--name <name>', 'new name', readName)
    .option('--disabled <true|false>', 'true: reject its tokens and stop its callbacks', readBoolean)
    .option(
      '--connection <web|ilink|wecom_kf|gateway>',
      'default connection of new robots; empty: the default of the installation',
      readDefaultConnection,
    )
    .option('--connector <id>', 'default connector of new robots, which the application may use; empty: none')
  const callbackToken = new Command('callback-token')
    .description('switch callbacks to a separate token without API access')
    .requiredOption('--application <id>', 'application id')
    .option('--name <name>', 'name of the token', readName, 'callbacks')
    .option('--overlap <time>', 'delay until callbacks use it: 45s, 30m, 24h, 7d', readDuration, defaultOverlapSeconds)
  for (const command of [create, update])
    command
      .option('--callback-url <url>', 'URL that receives events by POST; empty: no callbacks', readCallbackUrl)
      .option('--scope <bound|all|all+private>', 'rooms whose messages are sent to the callback URL', readScope)
      .option('--events <a,b>', 'event types to send, comma-separated', readEvents)
  const application = new Command('application')
    .description('manage applications (tenants)')
    .addCommand(withAction(list, async (tx) => ({ applications: await listApplications(tx) }), columns))
    .addCommand(withAction(create, runCreate))
    .addCommand(withAction(update, runUpdate))
    .addCommand(withAction(callbackToken, runSeparateCallbackToken))
  return withExamples(
    application,
    'application create --name shop --callback-url https://shop.example.com/wxbot --scope all',
    'application update --application app_… --events send_message,robot_status',
    'application list --json',
  )
}

const runCreate: Action<Settings & { name: string }> = async (tx, options) => {
  await refuseCallbackUrl(options.callbackUrl)
  const created = await createApplication(tx, {
    sealer: openSealer(),
    name: options.name,
    callbackUrl: options.callbackUrl || null,
    roomScope: options.scope,
    eventTypes: options.events,
  })
  const { applicationId, token, signingSecret } = created
  await recordAudit(tx, { actor: 'cli', action: 'application.create', targetId: applicationId })
  await warnExposedToken(tx, { application: applicationId, json: options.json })
  return { applicationId, token, signingSecret }
}

type Change = Settings & {
  application: string
  disabled?: boolean
  connection?: ChosenConnection | null
  connector?: string
}

const runUpdate: Action<Change> = async (tx, options) => {
  const { application: applicationId, name, callbackUrl, scope, events, disabled, connection, connector } = options
  await refuseCallbackUrl(callbackUrl)
  await requireApplication(tx, applicationId)
  const before = await changeable(tx, applicationId)
  const updated = await updateApplication(tx, {
    applicationId,
    name,
    callbackUrl: callbackUrl === undefined ? undefined : callbackUrl || null,
    roomScope: scope,
    eventTypes: events,
    isDisabled: disabled,
    defaultConnection: connection,
  })
  if (connector !== undefined) await setDefaultConnector(tx, { applicationId, connectorId: connector || null })
  const change = { before, after: await changeable(tx, applicationId) }
  await recordChange(tx, { actor: 'cli', action: 'application.update', targetId: applicationId, ...change })
  await warnExposedToken(tx, options)
  return { application: updated }
}

async function changeable(tx: Tx, applicationId: string) {
  const application = await getApplicationOrThrow(tx, { applicationId })
  const { name, callbackUrl, roomScope, eventTypes, disabledAt, defaultConnection } = application
  const defaultConnectorId = await getDefaultConnector(tx, { applicationId })
  const isDisabled = disabledAt !== null
  return { name, callbackUrl, roomScope, eventTypes, isDisabled, defaultConnection, defaultConnectorId }
}

const runSeparateCallbackToken: Action<{ application: string; name: string; overlap: number }> = async (
  tx,
  options,
) => {
  const { application: applicationId, name, overlap: overlapSeconds } = options
  await requireApplication(tx, applicationId)
  const sealer = openSealer()
  const { tokenId, token } = await separateCallbackToken(tx, { sealer, applicationId, name, overlapSeconds })
  const detail = { tokenId, overlapSeconds }
  await recordAudit(tx, { actor: 'cli', action: 'application.callback_token', targetId: applicationId, detail })
  return { tokenId, token }
}

import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { z } from 'zod'
import { changeConnector } from '@/lib/actions/change-connector'
import { recordAudit } from '@/lib/audit/record-audit'
import { callbackPath, newConnector } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import { getConnectorOrThrow, openCallbackKey } from '@/lib/connector/find-connector'
import { isCheckPassed } from '@/lib/connector/is-check-passed'
import { listConnectors } from '@/lib/connector/list-connectors'
import { removeConnector } from '@/lib/connector/remove-connector'
import type { ConnectorType } from '@/lib/db/types'
import { loadEnvPart } from '@/lib/env'
import { openSealer } from '@/cli/open-sealer'
import { readBoolean, readConnectorType, readName } from '@/cli/read-option'
import { poolCommand } from '@/cli/connector-pool'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples, withLongAction } from '@/cli/run-command'

type Fields = {
  name?: string
  corpId?: string
  agentSecretStdin?: boolean
  callbackToken?: string
  callbackAesKey?: string
  groupPrefix?: string
  groupOwner?: string[]
  assistant?: boolean
  baseUrl?: string
  tokenStdin?: boolean
  header?: string
  prefix?: string
  application?: string[]
}

const columns = { connectors: ['id', 'type', 'name', 'isAssistant', 'callbackUrl', 'robotCount', 'isOk', 'checkedAt'] }

/** `connector create`, `list`, `update`, `check` and `remove`. Spec: E2 (connector). */
export function connectorCommand(): Command {
  const list = new Command('list').description('list connectors with their callback URLs')
  const create = new Command('create')
    .description('create a connector: credentials of a WeCom company or a gateway that several robots share')
    .requiredOption('--type <wecom|gateway>', 'the service', readConnectorType)
    .requiredOption('--name <name>', 'name of the connector', readName)
    .option('--accept-risk', 'gateway: accept that Tencent may limit or close the accounts, because it is unofficial')
  const update = new Command('update')
    .description('change the given settings of a connector')
    .requiredOption('--connector <id>', 'connector id')
    .option('--name <name>', 'new name', readName)
    .option('--assistant <true|false>', 'wecom: its customer groups serve merchant groups under its name', readBoolean)
  const check = new Command('check')
    .description('call the service from a worker and report what is missing')
    .requiredOption('--connector <id>', 'connector id')
  const remove = new Command('remove')
    .description('delete a connector that no robot uses')
    .requiredOption('--connector <id>', 'connector id')
  const collect = (id: string, previous: string[] = []) => [...previous, id].filter(Boolean)
  for (const command of [create, update])
    command
      .option('--corp-id <id>', 'wecom: 企业ID')
      .option('--agent-secret-stdin', 'wecom: read the secret of the application from standard input')
      .option('--callback-token <token>', 'wecom: Token of the receive-message URL')
      .option('--callback-aes-key <key>', 'wecom: EncodingAESKey of the receive-message URL')
      .option('--group-prefix <text>', 'wecom: customer groups whose name begins with it are free for merchant groups')
      .option('--group-owner <userid>', 'wecom: owner whose customer groups are read; repeatable; empty: all', collect)
      .option('--base-url <url>', 'gateway: address of its API')
      .option('--token-stdin', 'gateway: read its token from standard input')
      .option('--header <name>', 'gateway: header that carries the token; X-GEWE-TOKEN by default')
      .option('--prefix <path>', 'gateway: path before each call; /gewe/v2/api by default')
      .option('--application <id>', 'application that may use it; repeatable; empty: none', collect)
  const connector = new Command('connector')
    .description('manage connectors (WeCom companies and gateways)')
    .addCommand(withAction(list, runList, columns))
    .addCommand(withAction(create, runCreate))
    .addCommand(withAction(update, runUpdate))
    .addCommand(
      withLongAction<{ connector: string }>(check, async (db, options) =>
        (await import('@/cli/check-connector')).checkConnector(db, options.connector),
      ),
    )
    .addCommand(withAction(remove, runRemove))
    .addCommand(poolCommand())
  return withExamples(
    connector,
    'connector create --type wecom --name 总公司 --corp-id ww… --callback-token … --callback-aes-key … --agent-secret-stdin < secret.txt',
    'connector create --type gateway --name gw --base-url https://gw.example.com --token-stdin --accept-risk < token.txt',
    'connector update --connector cnr_… --application app_… --application app_…',
    'connector update --connector cnr_… --assistant true --group-prefix 商户群',
    'connector pool add --connector cnr_… --chat-id wr…',
    'connector check --connector cnr_…',
  )
}

const runList: Action<object> = async (tx) => {
  const rows = await listConnectors(tx)
  const sealer = openSealer()
  const connectors = []
  for (const row of rows) {
    const callbackUrl = urlOf(row.type, await openCallbackKey(tx, { sealer, connectorId: row.id }))
    connectors.push({ ...row, callbackUrl, isOk: row.problems && isCheckPassed(row.problems) })
  }
  return { connectors }
}

const runCreate: Action<Fields & { type: ConnectorType; acceptRisk?: boolean }> = async (tx, options) => {
  const { type, name, application: applicationIds = [], acceptRisk: isRiskAccepted } = options
  for (const applicationId of applicationIds) await requireApplication(tx, applicationId)
  const fields = await readFields(type, options)
  const { data: connector, error } = newConnector.safeParse({ type, name, ...fields, isRiskAccepted })
  if (!connector) return throwNamed(error)
  if (connector.type === 'gateway' && !connector.isRiskAccepted)
    throw new Error(
      'A gateway is not an official service of WeChat. Tencent may limit or close accounts that use it. Accept this risk with --accept-risk.',
    )
  const { connectorId, callbackKey } = await createConnector(tx, { sealer: openSealer(), connector, applicationIds })
  const detail = { type, name: connector.name, ...connector.settings, applicationIds }
  await recordAudit(tx, { actor: 'cli', action: 'connector.create', targetId: connectorId, detail })
  return { connectorId, callbackUrl: urlOf(type, callbackKey) }
}

const runUpdate: Action<Fields & { connector: string }> = async (tx, options) => {
  const { connector: connectorId, name, assistant: isAssistant, application: applicationIds } = options
  for (const applicationId of applicationIds ?? []) await requireApplication(tx, applicationId)
  const { type } = await getConnectorOrThrow(tx, { connectorId })
  const { settings, secrets } = await readFields(type, options)
  const isGiven = Object.values(settings).some((value) => value !== undefined)
  const changing = changeConnector(tx, {
    sealer: openSealer(),
    who: { actor: 'cli' },
    connectorId,
    type,
    name,
    isAssistant,
    applicationIds,
    secrets,
    settings: isGiven ? settings : undefined,
  })
  return { connector: await changing.catch(throwNamed) }
}

const runRemove: Action<{ connector: string }> = async (tx, { connector: connectorId }) => {
  const { name } = await removeConnector(tx, { connectorId })
  await recordAudit(tx, { actor: 'cli', action: 'connector.remove', targetId: connectorId, detail: { name } })
  return { connectorId }
}

/** Reads the settings and secrets of a type from the options; undefined: not given. */
async function readFields(type: ConnectorType, options: Fields) {
  const isOnStdin = type === 'wecom' ? options.agentSecretStdin : options.tokenStdin
  const secret = isOnStdin ? (await text(process.stdin)).trim() : undefined
  const {
    corpId,
    groupPrefix,
    groupOwner,
    callbackToken,
    callbackAesKey,
    baseUrl,
    header: tokenHeader,
    prefix: pathPrefix,
  } = options
  return type === 'wecom'
    ? {
        settings: { corpId, groupPrefix, groupOwners: groupOwner?.join(' ') },
        secrets: { agentSecret: secret, callbackToken, callbackAesKey },
      }
    : { settings: { baseUrl, tokenHeader, pathPrefix }, secrets: { token: secret } }
}

const optionNames: Record<string, string> = {
  corpId: '--corp-id',
  groupPrefix: '--group-prefix',
  groupOwners: '--group-owner',
  agentSecret: '--agent-secret-stdin',
  callbackToken: '--callback-token',
  callbackAesKey: '--callback-aes-key',
  baseUrl: '--base-url',
  token: '--token-stdin',
  tokenHeader: '--header',
  pathPrefix: '--prefix',
}

/** Throws an error that names the options of a schema's issues; any other error unchanged. */
function throwNamed(error: unknown): never {
  if (!(error instanceof z.ZodError)) throw error
  const names = error.issues.map(({ path }) => optionNames[String(path.at(-1))] ?? String(path.at(-1)))
  throw new Error(`Missing or malformed: ${[...new Set(names)].join(', ')}. See --help.`)
}

function urlOf(type: ConnectorType, key: string): string {
  return `${loadEnvPart('PUBLIC_URL').PUBLIC_URL}${callbackPath(type, key)}`
}

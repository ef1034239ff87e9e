import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import type { z } from 'zod'
import {
  addEndpoint,
  changeEndpoint,
  dropEndpoint,
  resumeAndRecord,
  rollEndpointSecret,
  testAndRecord,
} from '@/lib/actions/change-endpoint'
import { type EndpointChange, endpointChange, endpointFields } from '@/lib/callback/endpoint/endpoint-fields'
import { type EndpointRow, getAdditionalEndpointOrThrow } from '@/lib/callback/endpoint/find-endpoint'
import { measureBacklogs } from '@/lib/callback/endpoint/health'
import { listEndpointsOf } from '@/lib/callback/endpoint/list-endpoints'
import type { Tx } from '@/lib/db/client'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { loadEgressPolicy } from '@/cli/check-callback-url'
import { openSealer } from '@/cli/open-sealer'
import { readCallbackUrl, readEvents, readList, readName, readScope, withSecretOverlap } from '@/cli/read-option'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = { endpoints: ['id', 'name', 'url', 'events', 'state', 'failingSince', 'waiting'] }
const who = { actor: 'cli' }

/**
 * `endpoint list`, `create`, `update`, `remove`, `test`, `resume` and `roll-secret`: the additional endpoints of an application.
 * Spec: D4 (commands), A14 (several endpoints).
 */
export function endpointCommand(): Command {
  const list = new Command('list')
    .description('list the endpoints of an application with their health')
    .requiredOption('--application <id>', 'application id')
  const create = new Command('create')
    .description('add an endpoint to an application; its signing secret is shown only once')
    .requiredOption('--application <id>', 'application id')
    .requiredOption('--name <name>', 'name of the endpoint', readName)
    .requiredOption('--url <url>', 'URL that receives events by POST', readCallbackUrl)
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--endpoint <id>', 'endpoint id')
  const update = of('update', 'change the given settings of an endpoint')
    .option('--name <name>', 'new name', readName)
    .option('--url <url>', 'new URL; its failure counters start again', readCallbackUrl)
  for (const command of [create, update])
    command
      .option('--events <a,b>', 'event types to send, comma-separated; default: send_message', readEvents)
      .option('--scope <bound|all|all+private>', 'rooms whose messages are sent; default: bound', readScope)
      .option('--robots <a,b>', 'only events of these robots, comma-separated; empty: all', readList)
      .option(
        '--rooms <a,b>',
        'only events of these rooms and no others, comma-separated; empty: not limited',
        readList,
      )
      .option('--headers-stdin', 'read all request headers from standard input, one "Name: value" a line')
  const rollSecret = withSecretOverlap(of('roll-secret', 'rotate the signing secret'))
  const endpoint = new Command('endpoint')
    .description('manage additional callback endpoints of applications')
    .addCommand(withAction(list, runList, columns))
    .addCommand(withAction(create, runCreate))
    .addCommand(withAction(update, runUpdate))
    .addCommand(withAction(of('remove', 'remove an endpoint; events that wait are not sent'), runRemove))
    .addCommand(withAction(of('test', 'send a test event'), runTest))
    .addCommand(withAction(of('resume', 'resume a paused endpoint'), runResume))
    .addCommand(withAction(rollSecret, runRollSecret))
  return withExamples(
    endpoint,
    'endpoint create --application app_… --name orders --url https://orders.example.com/wxbot --events send_message,qun_created',
    'endpoint update --endpoint ept_… --rooms room_…,room_… --headers-stdin < headers.txt',
    'endpoint test --endpoint ept_…',
  )
}

type Fields = {
  name?: string
  url?: string
  events?: CallbackEventType[]
  scope?: RoomScope
  robots?: string[]
  rooms?: string[]
  headersStdin?: boolean
}
type Target = { endpoint: string }

const runList: Action<{ application: string }> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  const endpoints = await listEndpointsOf(tx, { applicationId })
  const backlogs = await measureBacklogs(tx, { endpoints })
  return {
    endpoints: endpoints
      .filter(({ url }) => url !== null)
      .map(({ id, endpointId, endpointName, ...endpoint }) => ({
        id: endpointId ?? 'default',
        name: endpointName ?? '',
        url: endpoint.url,
        events: endpoint.eventTypes.join(', '),
        scope: endpoint.roomScope,
        robotIds: endpoint.robotIds ?? [],
        roomIds: endpoint.roomIds ?? [],
        headerNames: endpoint.headerNames,
        state: endpoint.state,
        failingSince: endpoint.failingSince,
        waiting: backlogs.get(id)?.count ?? 0,
      })),
  }
}

const runCreate: Action<Fields & { application: string }> = async (tx, options) => {
  const { application: applicationId } = options
  await requireApplication(tx, applicationId)
  const fields = parseFields(endpointFields, { eventTypes: ['send_message'], ...(await readFields(options)) })
  const { endpoint, signingSecret } = await addEndpoint(tx, context(), { applicationId, fields })
  return { endpointId: endpoint.id, signingSecret }
}

const runUpdate: Action<Fields & Target> = async (tx, { endpoint: endpointId, ...options }) => {
  const change = parseFields(endpointChange, await readFields(options))
  return { endpoint: await changeEndpoint(tx, context(), { endpointId, change }) }
}

const runRemove: Action<Target> = async (tx, { endpoint: endpointId }) => {
  await dropEndpoint(tx, { who }, { endpointId })
  return { endpointId }
}

const runTest: Action<Target> = async (tx, { endpoint }) => testAndRecord(tx, { who }, await refOf(tx, endpoint))

const runResume: Action<Target> = async (tx, { endpoint: endpointId }) => {
  await resumeAndRecord(tx, { who }, await refOf(tx, endpointId))
  return { endpointId }
}

const runRollSecret: Action<Target & { overlap: number }> = async (
  tx,
  { endpoint: endpointId, overlap: overlapSeconds },
) => rollEndpointSecret(tx, { sealer: openSealer(), who }, { endpointId, overlapSeconds })

const context = () => ({ sealer: openSealer(), egress: loadEgressPolicy(), who })

async function refOf(tx: Tx, endpointId: string) {
  const { applicationId }: EndpointRow = await getAdditionalEndpointOrThrow(tx, { endpointId })
  return { applicationId, endpointId }
}

/** Reads the fields of an endpoint from the options; undefined: not given. */
async function readFields(options: Fields): Promise<EndpointChange> {
  const { name, url, events: eventTypes, scope: roomScope, robots: robotIds, rooms: roomIds, headersStdin } = options
  const headers = headersStdin ? readHeaders(await text(process.stdin)) : undefined
  const fields = { name, url, eventTypes, roomScope, robotIds, roomIds, headers }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** @throws Error that names the invalid fields */
function parseFields<Output>(schema: z.ZodType<Output>, given: object): Output {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))].join(', ')
  throw new Error(`Invalid: ${names}. See npm run -s cli -- endpoint create --help and docs/callbacks.md.`)
}

/** Reads one header a line; a line without a value keeps the stored one. */
function readHeaders(lines: string) {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', value = ''] = /^([^:]*):?(.*)$/.exec(line.trim()) ?? []
      return { name: name.trim(), value: value.trim() }
    })
}

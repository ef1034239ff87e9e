import { Command } from 'commander'
import { rotateSigningSecret } from '@/lib/application/signing-secret'
import { recordAudit } from '@/lib/audit/record-audit'
import { getEventOrThrow, listAttempts, type NamedEvent } from '@/lib/callback/event/get-event'
import { listFailingEndpoints } from '@/lib/callback/endpoint/list-endpoints'
import { listEventPage } from '@/lib/callback/event/list-events'
import { replayEvents, replayTarget, type ReplaySelection } from '@/lib/callback/delivery/replay'
import { resumeEndpoint } from '@/lib/callback/endpoint/pause'
import { recordTestEvent } from '@/lib/callback/event/test-event'
import { openSealer } from '@/cli/open-sealer'
import { readDate, readEndpoint, readEventState, readLimit, withSecretOverlap } from '@/cli/read-option'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = {
  callbacks: ['id', 'type', 'state', 'attempts', 'createdAt', 'application', 'robot'],
  attempts: ['number', 'startedAt', 'isDelivered', 'httpStatus', 'durationMs', 'error'],
  endpoints: ['id', 'applicationName', 'endpointName', 'url', 'state', 'pauseReason', 'failingSince', 'heldUntil'],
}

/**
 * `callback list`, `show`, `replay`, `endpoints`, `resume`, `test` and `roll-secret`. Workers deliver due events within seconds.
 * Spec: D4 (commands).
 */
export function callbackCommand(): Command {
  const list = new Command('list')
    .description('list callbacks, newest first')
    .option('--application <id>', 'only its callbacks')
    .option('--endpoint <id>', 'only callbacks to this endpoint; default: to the default endpoint', readEndpoint)
    .option('--state <pending|delivered|dead>', 'only callbacks in this state', readEventState)
    .option('--since <time>', 'only callbacks created since this time, ISO 8601', readDate)
    .option('--limit <n>', 'maximum number of callbacks', readLimit, 50)
  const show = new Command('show')
    .description('show a callback and its attempts')
    .requiredOption('--id <id>', 'callback id')
  const replay = new Command('replay')
    .description('replay callbacks')
    .option('--id <id...>', 'callback ids')
    .option('--since <time>', 'with --application: all that failed since this time, ISO 8601', readDate)
    .option('--application <id>', 'application id')
    .option('--endpoint <id>', 'with --since: only to this endpoint; default: to the default endpoint', readEndpoint)
  const endpoints = new Command('endpoints').description('list endpoints that are paused or failing')
  const ofApplication = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--application <id>', 'application id')
  const rotateSecret = withSecretOverlap(ofApplication('roll-secret', 'rotate the signing secret'))
  const callback = new Command('callback')
    .description('manage callbacks and endpoints')
    .addCommand(withAction(list, runList, columns))
    .addCommand(withAction(show, runShow, columns))
    .addCommand(withAction(replay, runReplay))
    .addCommand(withAction(endpoints, runEndpoints, columns))
    .addCommand(withAction(ofApplication('resume', 'resume a paused endpoint'), runResume))
    .addCommand(withAction(ofApplication('test', 'send a test event'), runTest))
    .addCommand(withAction(rotateSecret, runRotateSecret))
  return withExamples(
    callback,
    'callback list --application app_… --state dead --since 2026-12-31',
    'callback show --id evt_…',
    'callback replay --since 2026-12-31T00:00:00Z --application app_…',
  )
}

type Listing = {
  application?: string
  endpoint?: string | null
  state?: NamedEvent['state']
  since?: Date
  limit: number
}

const runList: Action<Listing> = async (
  tx,
  { application: applicationId, endpoint: endpointId, state, since, limit },
) => {
  if (applicationId !== undefined) await requireApplication(tx, applicationId)
  const sort = { by: 'created', isDescending: true } as const
  const { rows } = await listEventPage(tx, { applicationId, endpointId, state, since, sort, offset: 0, limit })
  return { callbacks: rows.map(summarize) }
}

const runShow: Action<{ id: string }> = async (tx, { id: eventId }) => {
  const event = await getEventOrThrow(tx, { eventId })
  const attempts = await listAttempts(tx, eventId)
  return { callback: { ...summarize(event), data: event.data, nextAttemptAt: event.nextAttemptAt }, attempts }
}

function summarize(event: NamedEvent) {
  const { id, type, state, attemptCount: attempts, createdAt, robotId, applicationName, robotUsername } = event
  return { id, type, state, attempts, createdAt, application: applicationName, robot: robotUsername, robotId }
}

type Replay = { id?: string[]; since?: Date; application?: string; endpoint?: string | null }
type ApplicationOption = { application: string }

const runReplay: Action<Replay> = async (tx, options) => {
  const selection = selectionOf(options)
  if (options.application !== undefined) await requireApplication(tx, options.application)
  const { count, replayId } = await replayEvents(tx, selection)
  const targetId = replayTarget(selection, replayId)
  if (count > 0) await recordAudit(tx, { actor: 'cli', action: 'callback.replay', targetId, detail: { count } })
  return { count }
}

const runEndpoints: Action<object> = async (tx) => ({ endpoints: await listFailingEndpoints(tx) })

const runResume: Action<ApplicationOption> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  const isFailing = (await listFailingEndpoints(tx)).some((endpoint) => endpoint.id === applicationId)
  await resumeEndpoint(tx, { applicationId, endpointId: null })
  if (isFailing) await recordAudit(tx, { actor: 'cli', action: 'callback.resume', targetId: applicationId })
  return { applicationId }
}

const runTest: Action<ApplicationOption> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  const { eventId } = await recordTestEvent(tx, { applicationId, endpointId: null })
  await recordAudit(tx, { actor: 'cli', action: 'callback.test', targetId: applicationId, detail: { eventId } })
  return { eventId }
}

const runRotateSecret: Action<ApplicationOption & { overlap: number }> = async (
  tx,
  { application: applicationId, overlap: overlapSeconds },
) => {
  await requireApplication(tx, applicationId)
  const rotated = await rotateSigningSecret(tx, { sealer: openSealer(), applicationId, overlapSeconds })
  const detail = { overlapSeconds }
  await recordAudit(tx, { actor: 'cli', action: 'application.roll_signing_secret', targetId: applicationId, detail })
  return rotated
}

function selectionOf({ id: ids, since, application: applicationId, endpoint: endpointId }: Replay): ReplaySelection {
  if (ids) return { ids, ...(applicationId ? { applicationId } : {}) }
  if (since && applicationId) return { since, applicationId, endpointId }
  throw new Error('Select callbacks with --id ID, or with --since TIME and --application ID.')
}

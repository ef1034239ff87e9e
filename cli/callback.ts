import { Command } from 'commander'
import { rollSigningSecret } from '@/lib/application/roll-signing-secret'
import { defaultOverlapSeconds } from '@/lib/application/overlap'
import { recordAudit } from '@/lib/audit/record-audit'
import { listTroubledEndpoints } from '@/lib/callback/list-endpoints'
import { replayEvents } from '@/lib/callback/replay-events'
import { replayTarget } from '@/lib/callback/replay-target'
import { resumeEndpoint } from '@/lib/callback/resume-endpoint'
import type { ReplaySelection } from '@/lib/callback/select-replayable'
import { tellTest } from '@/lib/callback/tell-test'
import { openSealer } from './open-sealer'
import { readDate, readDuration } from './read-option'
import { actOn, type Act } from './run-command'

/** `callback replay`, `endpoints`, `resume`, `test`, `roll-secret`; workers take what is due within seconds. Spec: decisions D. */
export function callbackCommand(): Command {
  const replay = new Command('replay')
    .description('send callbacks again')
    .option('--id <id...>', 'these events')
    .option('--since <time>', 'with --application: all that failed since, ISO 8601', readDate)
    .option('--application <id>', 'whose')
  const ofOne = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--application <id>', 'whose')
  const rollSecret = ofOne('roll-secret', 'a new signing secret; callbacks carry both signatures for a while').option(
    '--overlap <time>',
    'how long both sign: 45s, 30m, 24h, 7d',
    readDuration,
    defaultOverlapSeconds,
  )
  return new Command('callback')
    .description('events for developers')
    .addCommand(actOn(replay, replayThem))
    .addCommand(actOn(new Command('endpoints').description('those paused or failing'), listThem))
    .addCommand(actOn(ofOne('resume', 'end an endpoint’s pause'), resumeIt))
    .addCommand(actOn(ofOne('test', 'send a test event, once'), testIt))
    .addCommand(actOn(rollSecret, rollIt))
}

type Replay = { id?: string[]; since?: Date; application?: string }
type OfOne = { application: string }

const replayThem: Act<Replay> = async (tx, options) => {
  const selection = selectionOf(options)
  const { count, replayId } = await replayEvents(tx, selection)
  const targetId = replayTarget(selection, replayId)
  await recordAudit(tx, { actor: 'cli', action: 'callback.replay', targetId, detail: { count } })
  return { count }
}

const listThem: Act<object> = async (tx) => ({ endpoints: await listTroubledEndpoints(tx) })

const resumeIt: Act<OfOne> = async (tx, { application: applicationId }) => {
  await resumeEndpoint(tx, { applicationId })
  await recordAudit(tx, { actor: 'cli', action: 'callback.resume', targetId: applicationId })
  return { applicationId }
}

const testIt: Act<OfOne> = async (tx, { application: applicationId }) => {
  const { eventId } = await tellTest(tx, { applicationId })
  return { eventId }
}

const rollIt: Act<OfOne & { overlap: number }> = async (
  tx,
  { application: applicationId, overlap: overlapSeconds },
) => {
  const rolled = await rollSigningSecret(tx, { sealer: openSealer(), applicationId, overlapSeconds })
  const detail = { overlapSeconds }
  await recordAudit(tx, { actor: 'cli', action: 'application.roll-signing-secret', targetId: applicationId, detail })
  return rolled
}

function selectionOf({ id: ids, since, application: applicationId }: Replay): ReplaySelection {
  if (ids) return { ids, ...(applicationId ? { applicationId } : {}) }
  if (since && applicationId) return { since, applicationId }
  throw new Error('Say which: --id ID, or --since TIME with --application ID.')
}

import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import { replayEvents, type ReplaySelection } from '@/lib/callback/replay-events'
import { readDate } from './read-option'
import { actOn } from './run-command'

type Replay = { id?: string[]; since?: Date; application?: string }

/** `callback replay`; workers take what is due again within seconds. Spec: decisions D. */
export function callbackCommand(): Command {
  const replay = new Command('replay')
    .option('--id <id...>', 'these events')
    .option('--since <time>', 'with --application: all that failed since, ISO 8601', readDate)
    .option('--application <id>', 'whose')
  return new Command('callback').description('events for developers').addCommand(
    actOn<Replay>(replay, async (tx, options) => {
      const { count } = await replayEvents(tx, selectionOf(options))
      const targetId = options.application ?? options.id?.join(',') ?? ''
      await recordAudit(tx, { actor: 'cli', action: 'callback.replay', targetId, detail: { count } })
      return { count }
    }),
  )
}

function selectionOf({ id: ids, since, application: applicationId }: Replay): ReplaySelection {
  if (ids) return { ids, ...(applicationId ? { applicationId } : {}) }
  if (since && applicationId) return { since, applicationId }
  throw new Error('Say which: --id ID, or --since TIME with --application ID.')
}

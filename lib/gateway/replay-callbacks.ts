import { replayEvents, type ReplaySelection } from '@/lib/callback/replay-events'
import type { Tx } from '@/lib/db/client'
import { wakeLane } from '@/lib/queue/wake'
import type { GatewayContext } from './gateway-context'

/** Sends callbacks again, under their own ids; `record` is written with it. Returns how many; they go out at once. */
export async function replayCallbacks(
  ctx: Pick<GatewayContext, 'db' | 'queue' | 'log'>,
  selection: ReplaySelection,
  record: (tx: Tx, count: number) => Promise<void> = async () => {},
): Promise<number> {
  const { count, lanes } = await ctx.db.transaction(async (tx) => {
    const replayed = await replayEvents(tx, selection)
    await record(tx, replayed.count)
    return replayed
  })
  for (const lane of lanes) await wakeLane(ctx, lane)
  return count
}

import { replayEvents } from '@/lib/callback/replay-events'
import type { ReplaySelection } from '@/lib/callback/select-replayable'
import type { Tx } from '@/lib/db/client'
import { wakeLane } from '@/lib/queue/wake'
import type { GatewayContext } from './gateway-context'

/**
 * Sends callbacks again, under their own ids; `record` is written with it. They go out at once. Returns how many, and by which
 * id they can be followed.
 */
export async function replayCallbacks(
  ctx: Pick<GatewayContext, 'db' | 'queue' | 'log'>,
  selection: ReplaySelection,
  record: (tx: Tx, replay: { count: number; replayId: string }) => Promise<void>,
): Promise<{ count: number; replayId: string }> {
  const { lanes, ...replay } = await ctx.db.transaction(async (tx) => {
    const replayed = await replayEvents(tx, selection)
    await record(tx, replayed)
    return replayed
  })
  for (const lane of lanes) await wakeLane(ctx, lane)
  return replay
}

import { replayEvents, type ReplaySelection } from '@/lib/callback/delivery/replay'
import type { Tx } from '@/lib/db/client'
import type { ActionContext } from '@/lib/actions/action-context'

/**
 * Replays callback events under their own ids, without delay; `record` runs in the same transaction. Returns the number of events and
 * the id of the replay.
 */
export async function replayCallbacks(
  ctx: Pick<ActionContext, 'db'>,
  selection: ReplaySelection,
  record: (tx: Tx, replay: { count: number; replayId: string }) => Promise<void>,
): Promise<{ count: number; replayId: string }> {
  return ctx.db.transaction(async (tx) => {
    const replay = await replayEvents(tx, selection)
    await record(tx, replay)
    return replay
  })
}

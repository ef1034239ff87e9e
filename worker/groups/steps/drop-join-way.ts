import { failWith } from '@/lib/errors'
import { recordRoomFailure, recordRoomNamed } from '@/lib/qun/advance-qun'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { deleteJoinWay, getJoinWay } from '@/lib/qun/join-way'
import type { Assistant } from '@/worker/groups/assistant'
import { sentenceOf } from '@/lib/sentence'
import { done, type StepEnd } from '@/worker/groups/step-end'

/**
 * Deletes the official join way of a qun that is closed or paused, so that printed copies of its QR code admit no one; a reopened or resumed
 * qun gets a new one. A refusal is recorded on the row, and the step is repeated later. Spec: E7 (customer groups).
 */
export async function dropJoinWay({ context, lease, connection }: Assistant, qunId: string): Promise<StepEnd> {
  const way = await getJoinWay(context.db, { qunId })
  const ways = connection.joinWays
  if (!way) return done
  // Never the end of the step: it would be due again at once.
  if (!ways) return { ...failWith('WECHAT_UNREACHABLE', 'wechat_not_ready'), isStopped: true }
  const { configId } = way
  const failure = await ways.remove(configId)
  return lease.write(async (tx) => {
    // Reopened meanwhile: its QR code admits no one any more, so that it needs a new one as well.
    if (!failure) await deleteJoinWay(tx, { qunId, configId })
    const { failureCount } = await getQunOrThrow(tx, { qunId })
    const kept = failure && sentenceOf('join_way_kept', { cause: failure.sentence })
    if (kept) await recordRoomFailure(tx, { qunId, failure: kept, isCounted: true })
    else if (failureCount > 0) await recordRoomNamed(tx, { qunId })
    return failure ?? done
  })
}

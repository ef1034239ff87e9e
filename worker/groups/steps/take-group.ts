import { eq } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { failWith, type Failure } from '@/lib/errors'
import { contractText } from '@/lib/sentence'
import { openQun, recordFailedLookup, recordRoomFailure, recordRoomNamed } from '@/lib/qun/advance-qun'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinWay, saveJoinWay } from '@/lib/qun/join-way'
import type { QunView } from '@/lib/qun/qun-view'
import { findFreeGroup } from '@/lib/wecom/group-pool'
import type { Assistant, GroupContext } from '@/worker/groups/assistant'
import { recordQunEvent } from '@/worker/groups/record-qun-event'
import { done, type StepEnd } from '@/worker/groups/step-end'

/**
 * Takes a free customer group of the pool for a pending qun, creates its official join way, stores the QR code and opens the qun; gives
 * a qun that an operator linked to a group its join way. An empty pool or a refusal is recorded on the row; the step is repeated when the
 * groups change, or later. A worker that stops between creation and commit leaves an unused join way at WeCom. Spec: E7 (customer groups).
 */
export async function takeGroup(assistant: Assistant, qunId: string): Promise<StepEnd> {
  const { context, lease } = assistant
  const qun = await getQunOrThrow(context.db, { qunId })
  if (qun.status === 'closed') return done
  const way = await getJoinWay(context.db, { qunId })
  const group = await chooseGroup(assistant, qun, way?.chatId)
  if (!group) {
    const failure = failWith('ASSISTANT_NOT_READY', 'group_pool_empty')
    return lease.write(async (tx) => {
      const [locked] = await tx.select({ roomId: quns.roomId }).from(quns).where(eq(quns.id, qunId)).for('update')
      await recordFailedLookup(tx, { qunId })
      // An operator has linked it meanwhile: the next step gives that group its code, without the pause of a failure.
      if (typeof locked?.roomId === 'string') return done
      await recordFailure(tx, context, { qunId, failure })
      return failure
    })
  }
  const failure = await giveJoinWay(assistant, qun, group.chatId)
  if (failure) {
    await lease.write((tx) => recordFailure(tx, context, { qunId, failure }))
    return failure
  }
  await lease.write(async (tx) => {
    if (await openQun(tx, { qunId, roomId: group.roomId }))
      await recordQunEvent(tx, context, { qunId, type: 'qun_created' })
    else await recordRoomNamed(tx, { qunId })
  })
  return done
}

/** Returns the group that the qun has, or the one of the pool to take. */
async function chooseGroup({ context, lease }: Assistant, qun: QunView, chatId: string | undefined) {
  if (qun.roomId && qun.roomUsername) return { roomId: qun.roomId, chatId: qun.roomUsername }
  return findFreeGroup(context.db, { robotId: lease.robotId, preferred: chatId })
}

/** Creates the join way unless there is one, and stores its QR code. null: done. */
async function giveJoinWay(
  { context, lease, connection }: Assistant,
  { id: qunId, number }: QunView,
  chatId: string,
): Promise<Failure | null> {
  const ways = connection.joinWays
  if (!ways) return failWith('ASSISTANT_NOT_READY', 'group_pool_empty')
  let way = await getJoinWay(context.db, { qunId })
  if (way?.chatId !== chatId) {
    const created = await ways.create(chatId, number)
    if ('code' in created) return created
    way = { chatId, configId: created.configId, picture: null }
    const draft = { qunId, ...way }
    await lease.write((tx) => saveJoinWay(tx, draft))
  }
  if (way.picture) return null
  const shown = await ways.show(way.configId)
  if (shown.outcome === 'failed') return { code: shown.code, sentence: shown.sentence }
  const complete = { qunId, ...way, picture: shown.picture }
  await lease.write((tx) => saveJoinWay(tx, complete))
  return null
}

/** Records a failure on the row, where the operator finds it; the event is sent once. */
async function recordFailure(
  tx: Tx,
  context: GroupContext,
  { qunId, failure }: { qunId: string; failure: Failure },
): Promise<void> {
  const count = await recordRoomFailure(tx, { qunId, failure: failure.sentence, isCounted: true })
  if (count === 1)
    await recordQunEvent(tx, context, { qunId, type: 'qun_failed', reason: contractText(failure.sentence) })
}

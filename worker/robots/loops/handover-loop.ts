import { nextServiceEnd, recordServiceEnd } from '@/lib/conversation/service-end'
import { nextServiceHandover, recordServiceHandover } from '@/lib/conversation/service-handover'
import type { WechatConnection } from '@/worker/wechat/port'
import type { RobotRunner } from '@/worker/robots/robot-runner'

/** Pause until the next check whether the messages to a person are sent; after the handover the service accepts none. */
const pendingPauseMs = 500

/**
 * Requests in the service the end of each conversation that was resolved here, and a person for each that waits for one there.
 * Spec: F4 (handover).
 */
export async function runHandoverLoop(runner: RobotRunner): Promise<void> {
  const { lease, context } = runner
  while (!lease.isClosing && runner.session?.state === 'online') {
    const { connection } = runner.session
    if (await requestEnd(runner, connection)) continue
    if (!connection.handOver) return
    const due = await nextServiceHandover(context.db, lease)
    if (!due) return
    if (!due.hasNoPendingMessages) return runner.wakeIn(pendingPauseMs)
    const { conversationId, peerUsername } = due
    const outcome = await connection.handOver(peerUsername)
    if (outcome.outcome === 'refused')
      context.log.warn({ conversationId, code: outcome.code }, 'the service refused to request a person')
    await lease.write((tx) => recordServiceHandover(tx, { conversationId, outcome }))
  }
}

/** Requests one end that is due; false: none is. */
async function requestEnd({ lease, context }: RobotRunner, connection: WechatConnection): Promise<boolean> {
  const due = connection.endInService && (await nextServiceEnd(context.db, lease))
  if (!due || !connection.endInService) return false
  const { conversationId, peerUsername } = due
  const outcome = await connection.endInService(peerUsername)
  if (outcome.outcome === 'refused')
    context.log.warn({ conversationId, code: outcome.code }, 'the service refused to end a conversation')
  await lease.write((tx) => recordServiceEnd(tx, { conversationId, outcome }))
  return true
}

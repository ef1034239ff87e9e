import { nextServiceHandover, recordServiceHandover } from '@/lib/conversation/service-handover'
import type { RobotRunner } from '@/worker/robots/robot-runner'

/** Until the messages to a person have left, after which the service takes none. */
const saidPauseMs = 500

/** Requests a person in the service for each conversation that waits for one there. Spec: F4 (handover). */
export async function runHandoverLoop(runner: RobotRunner): Promise<void> {
  const { lease, context } = runner
  while (!lease.isClosing && runner.session?.state === 'online') {
    const { connection } = runner.session
    if (!connection.handOver) return
    const due = await nextServiceHandover(context.db, lease)
    if (!due) return
    if (!due.isSaid) return runner.wakeIn(saidPauseMs)
    const { conversationId, peerUsername } = due
    const outcome = await connection.handOver(peerUsername)
    if (outcome.outcome === 'refused')
      context.log.warn({ conversationId, code: outcome.code }, 'the service refused to request a person')
    await lease.write((tx) => recordServiceHandover(tx, { conversationId, outcome }))
  }
}

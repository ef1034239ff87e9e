import type { Tx } from '../db/client'
import { startCooldown } from '../robot/cooldown'
import { answerMs } from './expected-wait'
import { putMessageBack, type Refusal, refuseQueuedMessagesDueBefore } from './settle-message'

/**
 * Lets a message wait again that WeChat refused with 1205, in its old place, and with it all behind it. What could not be out before its
 * deadline then, itself or another, is told the refusal at once. Only for the owner. Spec: G1, A11.
 */
export async function putOffSends(
  tx: Tx,
  { robotId, messageId }: { robotId: string; messageId: string },
  refusal: Refusal,
): Promise<void> {
  await putMessageBack(tx, { messageId, code: refusal.code })
  const until = await startCooldown(tx, { robotId, operation: 'send' })
  const notBefore = new Date(until.getTime() + answerMs)
  await refuseQueuedMessagesDueBefore(tx, { robotId, notBefore }, refusal)
}

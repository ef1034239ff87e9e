import type { Tx } from '@/lib/db/client'
import { endCooldown, type LimitedOperation, startCooldown } from '@/lib/robot/cooldown'
import type { OperationOutcome } from '@/worker/wechat/port'

/** Starts a cooldown of the operation if WeChat returned 1205 (too often), and ends it after a success. */
export async function updateCooldown(
  tx: Tx,
  { robotId, operation, outcome }: { robotId: string; operation: LimitedOperation; outcome: OperationOutcome },
): Promise<void> {
  if (outcome.outcome === 'done') await endCooldown(tx, { robotId, operation })
  if (isTooOften(outcome)) await startCooldown(tx, { robotId, operation })
}

/** Returns whether WeChat refused the operation with 1205 (too often). */
export function isTooOften(outcome: OperationOutcome): boolean {
  return outcome.outcome === 'refused' && outcome.code === 'WECHAT_TOO_OFTEN'
}

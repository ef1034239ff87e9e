import type { Db } from '@/lib/db/client'
import type { CommandResult } from '@/lib/db/types'
import { type LimitedOperation, listCooldowns } from '@/lib/robot/cooldown'
import { type Failure, failWith } from '@/lib/errors'
import type { OperationOutcome } from '@/worker/wechat/port'

type StepFailure = Failure & { isStopped?: boolean }

/** The result of a step, for the command that requested it. `isStopped`: no further step can succeed now. */
export type StepEnd = { result: CommandResult } | StepFailure

/** The step succeeded, or is not applicable now. */
export const done: StepEnd = { result: {} }

/** Converts a failed operation to the end of its step. */
export function toStepFailure(outcome: Exclude<OperationOutcome, { outcome: 'done' }>): StepFailure {
  const { sentence } = outcome
  if (outcome.outcome === 'unknown') return { code: 'OUTCOME_UNKNOWN', sentence, isStopped: true }
  return { code: outcome.code, sentence, isStopped: outcome.outcome === 'unsent' }
}

/** Returns a refusal while the operation is in a cooldown; null: it may be called. */
export async function refuseDuringCooldown(
  db: Db,
  { robotId, operation }: { robotId: string; operation: LimitedOperation },
): Promise<StepEnd | null> {
  const isCoolingDown = (await listCooldowns(db, { robotId })).some((cooldown) => cooldown.operation === operation)
  return isCoolingDown ? failWith('WECHAT_TOO_OFTEN', 'wechat_rate_limited_retry') : null
}

import type { Db, Tx } from '@/lib/db/client'
import type { CommandResult } from '@/lib/db/types'
import type { ErrorCode } from '@/lib/errors'
import { endCooldown, type LimitedOperation, listCooldowns, startCooldown } from '@/lib/robot/cooldown'
import type { OperationOutcome } from '../wechat/port'

/** How a step ended, for the command that asked for it; `isStopped`: nothing else should be tried now. */
export type StepEnd = { result: CommandResult } | { code: ErrorCode; message: string; isStopped?: boolean }

/** The step is done, or cannot be done now and that is no failure. */
export const done: StepEnd = { result: {} }

/** Keeps WeChat's 1205 as a pause of that operation, and forgets it when the operation went well again. */
export async function heedLimit(
  tx: Tx,
  { robotId, operation, outcome }: { robotId: string; operation: LimitedOperation; outcome: OperationOutcome },
): Promise<void> {
  if (outcome.outcome === 'done') await endCooldown(tx, { robotId, operation })
  if (isTooOften(outcome)) await startCooldown(tx, { robotId, operation })
}

export function isTooOften(outcome: OperationOutcome): boolean {
  return outcome.outcome === 'refused' && outcome.code === 'WECHAT_TOO_OFTEN'
}

/** What an operation that did not go well means to whoever asked for it. */
export function failureOf(outcome: Exclude<OperationOutcome, { outcome: 'done' }>): StepEnd {
  const { message } = outcome
  if (outcome.outcome === 'unknown') return { code: 'OUTCOME_UNKNOWN', message, isStopped: true }
  return { code: outcome.code, message, isStopped: outcome.outcome === 'unsent' }
}

/** The refusal of an operation that WeChat has us leave alone now; null when it may be tried. */
export async function refusalOfPause(
  db: Db,
  { robotId, operation }: { robotId: string; operation: LimitedOperation },
): Promise<StepEnd | null> {
  const paused = (await listCooldowns(db, { robotId })).some((cooldown) => cooldown.operation === operation)
  return paused ? { code: 'WECHAT_TOO_OFTEN', message: '操作太频繁，微信暂时拒绝，稍后会自动再试' } : null
}

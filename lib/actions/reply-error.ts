import { type ErrorCode, isErrorCode } from '@/lib/error-codes'
import type { ErrorReason } from '@/lib/error-reasons'
import { AppError, errorOf } from '@/lib/errors'
import { storedSentence } from '@/lib/i18n/read-sentence'
import type { Reply } from '@/lib/queue/reply'
import type { Db } from '@/lib/db/client'
import { getLiveSession } from '@/lib/session/get-session'

const defaultReasons: Partial<Record<ErrorCode, ErrorReason>> = {
  SESSION_GONE: 'logged_out',
  OUTCOME_UNKNOWN: 'request_unknown',
  COMMAND_TIMEOUT: 'timed_out',
}

/**
 * Returns the error of a command or message that did not succeed. If its error code is missing or unknown, its state decides: OUTCOME_UNKNOWN for
 * `unknown`, COMMAND_TIMEOUT for `cancelled`, otherwise INTERNAL.
 */
export function replyError(reply: Omit<Reply, 'id' | 'result'>): AppError {
  const fallback = { unknown: 'OUTCOME_UNKNOWN', cancelled: 'COMMAND_TIMEOUT' } as const
  const byState = reply.state === 'unknown' || reply.state === 'cancelled' ? fallback[reply.state] : 'INTERNAL'
  const code = reply.errorCode && isErrorCode(reply.errorCode) ? reply.errorCode : byState
  const text = reply.errorMessage ?? ''
  const sentence = storedSentence({ text, reason: reply.errorReason, params: reply.errorParams })
  return errorOf(code, sentence ?? { reason: defaultReasons[code] ?? 'request_refused' }, { text })
}

/**
 * Returns the error of work that provably never started before its deadline: WECHAT_UNREACHABLE if the robot is reconnecting,
 * otherwise COMMAND_TIMEOUT. Spec: A5 (return codes).
 */
export async function timeoutError(db: Db, robotId: string): Promise<AppError> {
  const session = await getLiveSession(db, { robotId })
  if (session?.state === 'reconnecting') return new AppError('WECHAT_UNREACHABLE', { reason: 'reconnecting' })
  return new AppError('COMMAND_TIMEOUT', { reason: 'timed_out' })
}

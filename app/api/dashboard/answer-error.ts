import { AppError, type ErrorCode } from '@/lib/errors'
import { httpStatuses } from '@/lib/http/robots-wire-codes'

const statuses: Record<ErrorCode, number> = { ...httpStatuses, OUTCOME_UNKNOWN: 502 }

/** Answers in the dashboard's own dialect, `{ error: { code, message, parameter } }`. */
export function answerError(status: number, error: { code: string; message: string; parameter?: string }): Response {
  return Response.json({ error }, { status, headers: { 'Cache-Control': 'no-store' } })
}

/** Answers a failure of a verb; null for one that is our own fault, which the log tells of. */
export function answerAppError(error: unknown): Response | null {
  if (!(error instanceof AppError)) return null
  const { code, message, options } = error
  return answerError(statuses[code], { code, message, parameter: options.parameter })
}

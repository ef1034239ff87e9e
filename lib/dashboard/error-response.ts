import type { ErrorCode } from '@/lib/error-codes'
import type { ErrorReason } from '@/lib/error-reasons'
import { AppError } from '@/lib/errors'
import { contractText, type SentenceParams } from '@/lib/sentence'
import { httpStatuses } from '@/lib/http/robots-wire-codes'

const statuses: Record<ErrorCode, number> = { ...httpStatuses, OUTCOME_UNKNOWN: 502 }

/** The part of a Zod issue that a page needs to describe it in any language. */
export type Issue = {
  code: string
  message: string
  origin?: string | undefined
  expected?: string | undefined
  format?: string | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  params?: Record<string, string | number> | undefined
}

export type ErrorOnWire = {
  code: string
  /** Error of a row without a reason, in Chinese; a page renders `reason` with `params`, or the text of the code. */
  message?: string | undefined
  parameter?: string | undefined
  reason?: ErrorReason | undefined
  params?: SentenceParams | undefined
  /** The schema rule that a field violates. */
  issue?: Issue | undefined
}

/** Returns an error in the dashboard's format, `{ error: { code, message, parameter, reason, params } }`. */
export function errorResponse(status: number, error: ErrorOnWire): Response {
  return Response.json({ error }, { status, headers: { 'Cache-Control': 'no-store' } })
}

/** Returns the response for an `AppError`; null for any other error, which is logged as internal. */
export function appErrorResponse(error: unknown): Response | null {
  if (!(error instanceof AppError)) return null
  const { code, message, options } = error
  const { parameter, reason, params = {} } = options
  // A row of another version may have a sentence without a reason: the page shows the sentence, or the text of its code.
  const cause = message === contractText(options) ? { reason, params } : {}
  return errorResponse(statuses[code], { code, message, parameter, ...cause })
}

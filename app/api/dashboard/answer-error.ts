import { AppError, type ErrorCode } from '@/lib/errors'

const statuses: Record<ErrorCode, number> = {
  INVALID_PARAMETER: 400,
  BODY_TOO_LARGE: 413,
  TOKEN_MISSING: 401,
  TOKEN_UNKNOWN: 401,
  RATE_LIMITED: 429,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_FOUND: 404,
  ROBOT_NOT_FOUND: 404,
  ILLEGAL_ACTION: 409,
  SESSION_GONE: 409,
  TARGET_NOT_FOUND: 404,
  IMAGE_UNUSABLE: 422,
  WECHAT_UNREACHABLE: 502,
  WECHAT_UNREADABLE: 502,
  WECHAT_NO_BASE_RESPONSE: 502,
  WECHAT_TOO_OFTEN: 429,
  WECHAT_REFUSED: 502,
  COMMAND_TIMEOUT: 504,
  OUTCOME_UNKNOWN: 502,
  CODE_TAKEN: 409,
  ASSISTANT_NOT_FOUND: 404,
  ASSISTANT_NOT_READY: 503,
  JOIN_TOKEN_UNKNOWN: 404,
  JOIN_TOKEN_SPENT: 410,
  MEMBER_NOT_FOUND: 404,
  QUN_NOT_OPEN: 409,
  NOT_PRIVATE: 403,
  INTERNAL: 500,
}

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

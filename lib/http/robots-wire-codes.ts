import type { ErrorCode } from '@/lib/errors'

/** The documented retCode of every error (错误码, decisions A5). */
export const retCodes: Record<ErrorCode, number> = {
  INVALID_PARAMETER: -1005,
  BODY_TOO_LARGE: -1005,
  TOKEN_MISSING: -1005,
  TOKEN_UNKNOWN: 2000,
  RATE_LIMITED: 1,
  ROUTE_NOT_FOUND: -1006,
  METHOD_NOT_ALLOWED: -1006,
  NOT_FOUND: -1005,
  ROBOT_NOT_FOUND: -1005,
  ILLEGAL_ACTION: -1006,
  SESSION_GONE: 1102,
  TARGET_NOT_FOUND: -1001,
  IMAGE_UNUSABLE: -1002,
  WECHAT_UNREACHABLE: -1003,
  WECHAT_UNREADABLE: -1004,
  WECHAT_NO_BASE_RESPONSE: -1000,
  WECHAT_TOO_OFTEN: 1205,
  WECHAT_REFUSED: -1,
  COMMAND_TIMEOUT: 1,
  OUTCOME_UNKNOWN: 1,
  INTERNAL: 1,
}

/** The HTTP status of every error under `/v1`; the documented calls answer 200 but for the few of A2. */
export const httpStatuses: Record<ErrorCode, number> = {
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
  OUTCOME_UNKNOWN: 504,
  INTERNAL: 500,
}

/** What a documented call does not answer with 200, success or error (A2). */
export const exceptionalCodes: ReadonlySet<ErrorCode> = new Set([
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'BODY_TOO_LARGE',
  'RATE_LIMITED',
])

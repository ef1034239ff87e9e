import type { ErrorCode } from '@/lib/error-codes'

type WireCode = { code: number; status: number }

const parameter = { code: 1001, status: 400 }
const busy = { code: 1000, status: 503 }
const refused = { code: 1007, status: 502 }

/** Code and HTTP status of every error in the qun API. Spec: B1 (responses and errors). */
export const qunWireCodes: Record<ErrorCode, WireCode> = {
  INVALID_PARAMETER: parameter,
  BODY_TOO_LARGE: { code: 1001, status: 413 },
  TOKEN_MISSING: { code: 1008, status: 403 },
  TOKEN_UNKNOWN: { code: 1008, status: 403 },
  TOKEN_NOT_PERMITTED: { code: 1008, status: 403 },
  RATE_LIMITED: { code: 1009, status: 429 },
  ROUTE_NOT_FOUND: { code: 1001, status: 404 },
  METHOD_NOT_ALLOWED: { code: 1001, status: 405 },
  NOT_FOUND: { code: 1001, status: 404 },
  ROBOT_NOT_FOUND: { code: 1002, status: 404 },
  ILLEGAL_ACTION: { code: 1006, status: 409 },
  SESSION_GONE: { code: 1003, status: 503 },
  TARGET_NOT_FOUND: { code: 1006, status: 409 },
  IMAGE_UNUSABLE: parameter,
  WECHAT_UNREACHABLE: refused,
  WECHAT_UNREADABLE: refused,
  WECHAT_NO_BASE_RESPONSE: refused,
  WECHAT_TOO_OFTEN: refused,
  WECHAT_REFUSED: refused,
  COMMAND_TIMEOUT: busy,
  OUTCOME_UNKNOWN: busy,
  CODE_TAKEN: { code: 1001, status: 409 },
  ASSISTANT_NOT_FOUND: { code: 1002, status: 404 },
  ASSISTANT_NOT_READY: { code: 1003, status: 503 },
  JOIN_TOKEN_UNKNOWN: { code: 1004, status: 404 },
  JOIN_TOKEN_SPENT: { code: 1004, status: 410 },
  MEMBER_NOT_FOUND: { code: 1005, status: 404 },
  QUN_NOT_OPEN: { code: 1006, status: 409 },
  NOT_PRIVATE: { code: 1008, status: 403 },
  INTERNAL: { code: 1000, status: 500 },
}

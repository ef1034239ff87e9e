/** Every way a request can fail, in our words; `lib/http` turns them into each contract's codes. */
const errorCodes = [
  'INVALID_PARAMETER',
  'BODY_TOO_LARGE',
  'TOKEN_MISSING',
  'TOKEN_UNKNOWN',
  'TOKEN_NOT_PERMITTED',
  'RATE_LIMITED',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'NOT_FOUND',
  'ROBOT_NOT_FOUND',
  'ILLEGAL_ACTION',
  'SESSION_GONE',
  'TARGET_NOT_FOUND',
  'IMAGE_UNUSABLE',
  'WECHAT_UNREACHABLE',
  'WECHAT_UNREADABLE',
  'WECHAT_NO_BASE_RESPONSE',
  'WECHAT_TOO_OFTEN',
  'WECHAT_REFUSED',
  'COMMAND_TIMEOUT',
  'OUTCOME_UNKNOWN',
  'CODE_TAKEN',
  'ASSISTANT_NOT_FOUND',
  'ASSISTANT_NOT_READY',
  'JOIN_TOKEN_UNKNOWN',
  'JOIN_TOKEN_SPENT',
  'MEMBER_NOT_FOUND',
  'QUN_NOT_OPEN',
  'NOT_PRIVATE',
  'INTERNAL',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Returns whether a text read from a row is one of the closed list. */
export function isErrorCode(text: string): text is ErrorCode {
  return (errorCodes as readonly string[]).includes(text)
}

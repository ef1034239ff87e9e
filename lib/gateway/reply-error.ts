import { AppError, type ErrorCode, isErrorCode } from '@/lib/errors'
import type { Reply } from '@/lib/queue/reply'

const plainWords: Partial<Record<ErrorCode, string>> = {
  SESSION_GONE: '微信已经退出登录',
  OUTCOME_UNKNOWN: '请求已发出，但没有得到微信的答复，结果未知',
  COMMAND_TIMEOUT: '处理超时，请稍后重试',
}

/** The error behind a row that ended otherwise than hoped; a code that this process does not know is our own fault. */
export function replyError(reply: Reply): AppError {
  const fallback = { unknown: 'OUTCOME_UNKNOWN', cancelled: 'COMMAND_TIMEOUT' } as const
  const byState = reply.state === 'unknown' || reply.state === 'cancelled' ? fallback[reply.state] : 'INTERNAL'
  const code = reply.errorCode && isErrorCode(reply.errorCode) ? reply.errorCode : byState
  return new AppError(code, reply.errorMessage || plainWords[code] || '请求接口失败')
}

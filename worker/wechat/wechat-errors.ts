import type { OutageCause } from '@/lib/db/types'
import type { ErrorCode } from '@/lib/errors'
import type { ListRoomsOutcome, OfflineReason, SendOutcome } from './port'

/** How a call to WeChat fails: never left, left without an answer, answered nonsense, or WeChat said no. */
export type CallFailure = 'unreachable' | 'unanswered' | 'unreadable' | 'no_base_response' | 'ret'

/** A failed call. Carries no request and no answer, because those carry the account's cookies: safe to log whole. */
export class WechatCallError extends Error {
  override readonly name = 'WechatCallError'
  constructor(
    readonly call: string,
    readonly failure: CallFailure,
    readonly detail: string,
    readonly ret: number | null = null,
  ) {
    super(`${call}: ${failure} (${detail})`)
  }
}

/** The session is over for good. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver'
  constructor(readonly reason: OfflineReason) {
    super(`the session is over: ${reason}`)
  }
}

/** Errors of a connection that was never made. */
const neverLeft = new Set(
  (
    'ECONNREFUSED ENOTFOUND EAI_AGAIN EAI_FAIL EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL CERT_HAS_EXPIRED CERT_NOT_YET_VALID ' +
    'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT ' +
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY ERR_TLS_CERT_ALTNAME_INVALID EPROTO'
  ).split(' '),
)

/** Turns what the HTTP client throws into our words. */
export function describeTransportError(call: string, error: unknown): WechatCallError {
  if (error instanceof WechatCallError) return error
  const { code, cause, response } = Object(error) as {
    code?: unknown
    cause?: unknown
    response?: { status?: unknown }
  }
  if (typeof response?.status === 'number') return new WechatCallError(call, 'unreadable', `HTTP ${response.status}`)
  const detail = typeof code === 'string' ? code : 'no code'
  const syscall = (cause as { syscall?: unknown } | undefined)?.syscall
  const isUnreachable = neverLeft.has(detail) || syscall === 'connect' || syscall === 'getaddrinfo'
  return new WechatCallError(call, isUnreachable ? 'unreachable' : 'unanswered', detail)
}

const deadRets: Record<number, OfflineReason> = {
  1100: 'logged_out_on_phone',
  1101: 'logged_in_elsewhere',
  1102: 'expired',
}

/** Why a Ret ends the session, or null when it does not. */
export function offlineReasonOf(ret: number): OfflineReason | null {
  return deadRets[ret] ?? null
}

/** Why a failed call means the end of the session, or null when the call may be tried again. */
export function offlineReasonOfError(error: unknown): OfflineReason | null {
  if (error instanceof SessionOver) return error.reason
  return error instanceof WechatCallError && error.ret !== null ? offlineReasonOf(error.ret) : null
}

/** How WeChat fails us while a session lives on. */
export function outageCauseOf(error: unknown): OutageCause {
  const failure = error instanceof WechatCallError ? error.failure : 'unreadable'
  if (failure === 'unreachable') return 'wechat_unreachable'
  return failure === 'unanswered' ? 'wechat_silent' : 'wechat_unreadable'
}

/** What a failed send means (A5, G1). While a picture is only being uploaded nothing was sent, whatever became of the call. */
export function toSendOutcome(error: unknown, stage: 'upload' | 'send'): SendOutcome {
  if (!(error instanceof WechatCallError))
    return stage === 'upload'
      ? { outcome: 'refused', code: 'WECHAT_UNREADABLE', message: '微信对图片上传的应答无法识别' }
      : { outcome: 'unknown', message: '发送时出错，结果未知' }
  if (error.failure === 'unreachable') return unsent('连接不上微信服务器')
  if (error.failure === 'unanswered')
    return stage === 'upload'
      ? unsent('上传图片时微信没有应答')
      : { outcome: 'unknown', message: '请求已发出，微信没有应答' }
  return { outcome: 'refused', ...describeRefusal(error, 'WECHAT_REFUSED') }
}

/** What a failed call for the rooms means (A5). */
export function toListFailure(error: unknown): Extract<ListRoomsOutcome, { outcome: 'failed' }> {
  if (!(error instanceof WechatCallError))
    return { outcome: 'failed', code: 'WECHAT_UNREADABLE', message: '微信的应答无法识别' }
  if (error.failure === 'unreachable')
    return { outcome: 'failed', code: 'WECHAT_UNREACHABLE', message: '连接不上微信服务器' }
  if (error.failure === 'unanswered') return { outcome: 'failed', code: 'COMMAND_TIMEOUT', message: '微信没有应答' }
  return { outcome: 'failed', ...describeRefusal(error, 'WECHAT_UNREADABLE') }
}

/** What a failed call for a login code means (A5); null where the caller had better wait. */
export function toLoginFailure(error: unknown): { code: ErrorCode; message: string } | null {
  const { code, message } = toListFailure(error)
  return code === 'COMMAND_TIMEOUT' ? null : { code, message }
}

function unsent(message: string): SendOutcome {
  return { outcome: 'unsent', code: 'WECHAT_UNREACHABLE', message }
}

function describeRefusal(error: WechatCallError, otherwise: ErrorCode): { code: ErrorCode; message: string } {
  if (error.failure === 'no_base_response')
    return { code: 'WECHAT_NO_BASE_RESPONSE', message: '微信的应答里没有 BaseResponse' }
  if (error.ret === null) return { code: 'WECHAT_UNREADABLE', message: '微信的应答无法识别' }
  if (error.ret === 1205) return { code: 'WECHAT_TOO_OFTEN', message: '操作太频繁，微信暂时拒绝（Ret 1205）' }
  if (offlineReasonOf(error.ret)) return { code: 'SESSION_GONE', message: `微信登录已失效（Ret ${error.ret}）` }
  return { code: otherwise, message: `微信拒绝了请求（Ret ${error.ret}）` }
}

import type { OutageCause } from '@/lib/db/types'
import { type Failure, failWith } from '@/lib/errors'
import { sentenceOf } from '@/lib/sentence'
import { causeOfFailure } from '@/worker/wechat/fetch-failure'
import type { ListRoomsOutcome, OfflineReason, SendOutcome } from '@/worker/wechat/port'

/** How a call to WeChat fails: not sent, no response, an unreadable response, no BaseResponse, or a refusal (`ret`). */
export type CallFailure = 'unreachable' | 'unanswered' | 'unreadable' | 'no_base_response' | 'ret'

/** A failed call. Safe to log: contains neither request nor response, which carry the account's cookies. */
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

/** The session has ended and cannot be resumed. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver'
  constructor(readonly reason: OfflineReason) {
    super(`the session is over: ${reason}`)
  }
}

/** Error codes of a connection that was never established. */
const neverLeft = new Set(
  (
    'ECONNREFUSED ENOTFOUND EAI_AGAIN EAI_FAIL EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL CERT_HAS_EXPIRED CERT_NOT_YET_VALID ' +
    'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT ' +
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY ERR_TLS_CERT_ALTNAME_INVALID EPROTO UND_ERR_CONNECT_TIMEOUT'
  ).split(' '),
)

/** Converts an error of the HTTP client to a WechatCallError. */
export function describeTransportError(call: string, error: unknown): WechatCallError {
  if (error instanceof WechatCallError) return error
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown }
  const detail = typeof code === 'string' ? code : 'no code'
  const syscalls = [error, cause].map((failed) => (Object(failed) as { syscall?: unknown }).syscall)
  const isUnreachable = neverLeft.has(detail) || syscalls.includes('connect') || syscalls.includes('getaddrinfo')
  return new WechatCallError(call, isUnreachable ? 'unreachable' : 'unanswered', detail)
}

const deadRets: Record<number, OfflineReason> = {
  1100: 'logged_out_on_phone',
  1101: 'logged_in_elsewhere',
  1102: 'expired',
}

/** Returns why a Ret ends the session. null: it does not. */
export function offlineReasonOf(ret: number): OfflineReason | null {
  return deadRets[ret] ?? null
}

/** Returns why an error ends the session. null: the call may be retried. */
export function offlineReasonOfError(error: unknown): OfflineReason | null {
  if (error instanceof SessionOver) return error.reason
  return error instanceof WechatCallError && error.ret !== null ? offlineReasonOf(error.ret) : null
}

/** Returns the cause of an outage that the session survives. */
export function outageCauseOf(error: unknown): OutageCause {
  return causeOfFailure(error instanceof WechatCallError ? error.failure : 'unreadable')
}

/**
 * Converts the error of a send to its outcome. An upload sends nothing, so its failure never leaves the outcome unknown.
 * Spec: A5 (return codes), G1 (send at most once).
 */
export function toSendOutcome(error: unknown, stage: 'upload' | 'send'): SendOutcome {
  if (!(error instanceof WechatCallError))
    return stage === 'upload'
      ? { outcome: 'refused', ...failWith('WECHAT_UNREADABLE', 'upload_unreadable') }
      : { outcome: 'unknown', sentence: sentenceOf('send_failed_unknown') }
  if (error.failure === 'unreachable') return unsent('wechat_unreachable')
  if (error.failure === 'unanswered')
    return stage === 'upload'
      ? unsent('upload_unanswered')
      : { outcome: 'unknown', sentence: sentenceOf('sent_unanswered') }
  return { outcome: 'refused', ...describeRefusal(error, 'WECHAT_REFUSED') }
}

/** Converts the error of a list call to its outcome. Spec: A5 (return codes). */
export function toListFailure(error: unknown): Extract<ListRoomsOutcome, { outcome: 'failed' }> {
  if (!(error instanceof WechatCallError))
    return { outcome: 'failed', ...failWith('WECHAT_UNREADABLE', 'wechat_unreadable') }
  if (error.failure === 'unreachable')
    return { outcome: 'failed', ...failWith('WECHAT_UNREACHABLE', 'wechat_unreachable') }
  if (error.failure === 'unanswered') return { outcome: 'failed', ...failWith('COMMAND_TIMEOUT', 'wechat_unanswered') }
  return { outcome: 'failed', ...describeRefusal(error, 'WECHAT_UNREADABLE') }
}

/** Converts the error of a QR code request. null: the login goes on and may still succeed. Spec: A5 (return codes). */
export function toLoginFailure(error: unknown): Failure | null {
  const { code, sentence } = toListFailure(error)
  return code === 'COMMAND_TIMEOUT' ? null : { code, sentence }
}

function unsent(reason: 'wechat_unreachable' | 'upload_unanswered'): SendOutcome {
  return { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', reason) }
}

function describeRefusal(error: WechatCallError, otherwise: 'WECHAT_REFUSED' | 'WECHAT_UNREADABLE'): Failure {
  if (error.failure === 'no_base_response') return failWith('WECHAT_NO_BASE_RESPONSE', 'wechat_no_base_response')
  if (error.ret === null) return failWith('WECHAT_UNREADABLE', 'wechat_unreadable')
  if (error.ret === 1205) return failWith('WECHAT_TOO_OFTEN', 'wechat_rate_limited')
  if (offlineReasonOf(error.ret)) return failWith('SESSION_GONE', 'wechat_login_expired_ret', { ret: error.ret })
  return failWith(otherwise, 'wechat_refused', { ret: error.ret })
}

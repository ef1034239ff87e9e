import { type Failure, failWith } from '@/lib/errors'
import { sentenceOf } from '@/lib/sentence'
import type { OutageCause } from '@/lib/db/types'
import { causeOfFailure } from '@/worker/wechat/fetch-failure'
import { deadTokenRet, IlinkError, limitedRet } from '@/worker/ilink/client/ilink-error'
import type { SendOutcome } from '@/worker/wechat/port'

/** Returns the outcome of a failed send. Until its upload is complete, an image was certainly not sent. Spec: A5 (return codes), E5 (iLink). */
export function toSendOutcome(error: unknown, stage: 'upload' | 'send'): SendOutcome {
  if (!(error instanceof IlinkError))
    return stage === 'upload'
      ? { outcome: 'refused', ...failWith('WECHAT_UNREADABLE', 'upload_unreadable') }
      : { outcome: 'refused', ...failWith('WECHAT_UNREADABLE', 'wechat_unreadable') }
  switch (error.failure) {
    case 'unreachable':
      return { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'wechat_unreachable') }
    case 'unanswered':
      return stage === 'upload'
        ? { outcome: 'unsent', ...failWith('WECHAT_UNREACHABLE', 'upload_unanswered') }
        : { outcome: 'unknown', sentence: sentenceOf('sent_unanswered') }
    case 'unreadable':
      return { outcome: 'refused', ...failWith('WECHAT_UNREADABLE', 'wechat_unreadable') }
    case 'ret':
      return { outcome: 'refused', ...describeRefusal(error.ret) }
  }
}

function describeRefusal(ret: number | null): Failure {
  if (ret === deadTokenRet) return failWith('SESSION_GONE', 'wechat_login_expired_ret', { ret })
  if (ret === limitedRet) return failWith('WECHAT_TOO_OFTEN', 'ilink_limited')
  return failWith('WECHAT_REFUSED', 'wechat_refused', { ret: ret ?? 0 })
}

/** Returns the failure of a request for a QR code. Spec: A5 (return codes). */
export function toLoginFailure(error: unknown): Failure {
  const failure = error instanceof IlinkError ? error.failure : 'unreadable'
  if (failure === 'unreachable') return failWith('WECHAT_UNREACHABLE', 'wechat_unreachable')
  if (failure === 'unanswered') return failWith('COMMAND_TIMEOUT', 'wechat_unanswered')
  return failWith('WECHAT_UNREADABLE', 'wechat_unreadable')
}

/** Returns the cause of an outage during a session. */
export function outageCauseOf(error: unknown): OutageCause {
  return causeOfFailure(error instanceof IlinkError ? error.failure : 'unreadable')
}

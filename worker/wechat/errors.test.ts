import { describe, expect, it } from 'vitest'
import {
  describeTransportError,
  offlineReasonOf,
  toListFailure,
  toSendOutcome,
  WechatCallError,
} from '@/worker/wechat/errors'

const failed = (failure: ConstructorParameters<typeof WechatCallError>[1], ret: number | null = null) =>
  new WechatCallError('webwxsendmsg', failure, 'x', ret)

describe('a send that failed', () => {
  it.each([
    ['never left', failed('unreachable'), 'send', 'unsent', 'WECHAT_UNREACHABLE'],
    ['left, no response', failed('unanswered'), 'send', 'unknown', undefined],
    ['cannot be read', failed('unreadable'), 'send', 'refused', 'WECHAT_UNREADABLE'],
    ['has no BaseResponse', failed('no_base_response'), 'send', 'refused', 'WECHAT_NO_BASE_RESPONSE'],
    ['Ret 1205', failed('ret', 1205), 'send', 'refused', 'WECHAT_TOO_OFTEN'],
    ['Ret 1100', failed('ret', 1100), 'send', 'refused', 'SESSION_GONE'],
    ['Ret 1101', failed('ret', 1101), 'send', 'refused', 'SESSION_GONE'],
    ['Ret 1102', failed('ret', 1102), 'send', 'refused', 'SESSION_GONE'],
    ['Ret 1', failed('ret', 1), 'send', 'refused', 'WECHAT_REFUSED'],
    ['Ret -14', failed('ret', -14), 'send', 'refused', 'WECHAT_REFUSED'],
    ['our own error', new TypeError('x'), 'send', 'unknown', undefined],
    ['upload without a response', failed('unanswered'), 'upload', 'unsent', 'WECHAT_UNREACHABLE'],
    ['upload without a MediaId', new TypeError('x'), 'upload', 'refused', 'WECHAT_UNREADABLE'],
    ['upload Ret 1205', failed('ret', 1205), 'upload', 'refused', 'WECHAT_TOO_OFTEN'],
  ] as const)('%s', (_, error, stage, outcome, code) => {
    const result = toSendOutcome(error, stage)
    expect(result).toMatchObject(code ? { outcome, code } : { outcome })
  })
})

it.each([
  [failed('unreachable'), 'WECHAT_UNREACHABLE'],
  [failed('unanswered'), 'COMMAND_TIMEOUT'],
  [failed('unreadable'), 'WECHAT_UNREADABLE'],
  [failed('no_base_response'), 'WECHAT_NO_BASE_RESPONSE'],
  [failed('ret', 1205), 'WECHAT_TOO_OFTEN'],
  [failed('ret', 1101), 'SESSION_GONE'],
  [failed('ret', -1), 'WECHAT_UNREADABLE'],
])('the outcome of a failed room list: %s', (error, code) => {
  expect(toListFailure(error)).toMatchObject({ outcome: 'failed', code })
})

it.each([
  [{ code: 'ECONNREFUSED' }, 'unreachable'],
  [{ code: 'ENOTFOUND' }, 'unreachable'],
  [{ code: 'ETIMEDOUT', cause: { syscall: 'connect' } }, 'unreachable'],
  [{ code: 'CERT_HAS_EXPIRED' }, 'unreachable'],
  [{ code: 'ECONNRESET' }, 'unanswered'],
  [{ code: 'ECONNABORTED' }, 'unanswered'],
  [{ code: 'ERR_CANCELED' }, 'unanswered'],
  [{ code: 'ETIMEDOUT', syscall: 'connect' }, 'unreachable'],
  [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'unreachable'],
  [{ code: 'UND_ERR_SOCKET' }, 'unanswered'],
  [new TypeError('x'), 'unanswered'],
])('describeTransportError classifies %j as %s', (error, failure) => {
  expect(describeTransportError('webwxsync', error).failure).toBe(failure)
})

it.each([
  [1100, 'logged_out_on_phone'],
  [1101, 'logged_in_elsewhere'],
  [1102, 'expired'],
  [0, null],
  [1205, null],
])('offlineReasonOf maps Ret %i to %s', (ret, reason) => {
  expect(offlineReasonOf(ret)).toBe(reason)
})

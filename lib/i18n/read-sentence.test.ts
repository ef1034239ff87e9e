import { describe, expect, it } from 'vitest'
import { errorReasons, type ErrorReason } from '@/lib/error-reasons'
import { readSentence, readFailure } from '@/lib/i18n/read-sentence'
import { contractText } from '@/lib/sentence'

const sampleParams = Object.fromEntries(
  Object.values(errorReasons)
    .flatMap(({ zh }) => [...zh.matchAll(/\{(\w+)\}/g)])
    .map(([, name = '']) => [name, name]),
)

it('the sentence of each reason is read back from a row without a reason', () => {
  const reasons = Object.keys(errorReasons) as ErrorReason[]
  const sentences = reasons.map((reason) => contractText({ reason, params: sampleParams }))
  expect(sentences.filter((text) => contractText(readSentence(text) ?? { reason: 'internal' }) !== text)).toEqual([])
})

it.each([
  ['返回 HTTP 502', { reason: 'http_status', params: { status: 502 } }],
  ['返回 HTTP 302 重定向，回调不跟随重定向', { reason: 'http_redirect', params: { status: 302 } }],
  ['发送太频繁：前面还有 12 条消息等待，时限内轮不到', { reason: 'queue_no_turn', params: { count: 12 } }],
  ['to_user 对应的微信群不存在', { reason: 'target_not_found', params: {} }],
  [
    '回调地址不可用：地址 10.0.0.1 不是公网地址，不允许访问',
    {
      reason: 'callback_url_unusable',
      params: { cause: { reason: 'address_private', params: { address: '10.0.0.1' } } },
    },
  ],
  [
    'content 图片链接不可用：图片链接返回 HTTP 404',
    { reason: 'image_unusable', params: { cause: { reason: 'image_status', params: { status: 404 } } } },
  ],
  ['请求失败：EPIPE', { reason: 'request_failed', params: { cause: 'EPIPE' } }],
  ['谁都没说过的话', null],
])('%s is read back with its parameters', (text, sentence) => {
  expect(readSentence(text)).toEqual(sentence)
})

it('texts that look like a sentence but are long are read fast', () => {
  expect(readSentence(`请求失败：${'：'.repeat(100_000)}`)).not.toBeNull()
})

describe('a failed row', () => {
  it('a failed row with a reason says it, also when its text is of another version', () => {
    const failure = { reason: 'http_status', params: { status: 502 } }
    expect(readFailure({ text: '返回 HTTP 502', ...failure })).toEqual(failure)
    expect(readFailure({ text: '服务器返回了 502', ...failure })).toEqual(failure)
  })

  it('a failed row whose text says another reason, written by a process that knows none, says the text', () => {
    const stored = { text: '微信拒绝了请求（Ret 1）', reason: 'wechat_rate_limited', params: null }
    expect(readFailure(stored)).toEqual({ reason: 'wechat_refused', params: { ret: 1 } })
  })

  it('a failed row without a reason, or with one that this process does not know, is read back from its text', () => {
    const failure = { reason: 'wechat_refused', params: { ret: 1 } }
    const text = '微信拒绝了请求（Ret 1）'
    expect(readFailure({ text, reason: null, params: null })).toEqual(failure)
    expect(readFailure({ text, reason: 'of_a_later_version', params: { a: 1 } })).toEqual(failure)
    expect(readFailure({ text: '谁都没说过的话', reason: null, params: null })).toBe('谁都没说过的话')
  })

  it('a failed row without a text says nothing', () => {
    expect(readFailure({ text: null, reason: null, params: null })).toBe('')
  })
})

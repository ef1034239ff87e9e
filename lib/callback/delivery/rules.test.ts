import { describe, expect, it } from 'vitest'
import { extendLoginUrl } from '@/lib/callback/event/login-event'
import { classifyResponse, readRetryAfter, readRetCode } from '@/lib/callback/delivery/response'
import { retryDelaySeconds } from '@/lib/callback/delivery/retry-schedule'
import { stripUnstorable } from '@/lib/callback/strip-unstorable'

const classify = (httpStatus: number, body: string) => classifyResponse({ httpStatus, retCode: readRetCode(body) })

describe('a response', () => {
  it.each([
    [200, '{"retCode":0,"errorMsg":""}'],
    [200, '{"retCode":"0"}'],
    [204, ''],
    [202, 'ok'],
    [200, '<html>'],
    [200, '\uFEFF{"retCode":0}'],
    [200, '{"code":1}'],
    [200, '[{"retCode":1}]'],
    [200, 'null'],
    [200, '{"retCode":1'],
  ])('HTTP %i %s is a delivery', (httpStatus, body) => expect(classify(httpStatus, body)).toBeNull())

  it.each([
    [200, '{"retCode":1}'],
    [200, '{"retCode":-1005,"errorMsg":"x"}'],
    [200, '\uFEFF{"retCode":"1"}'],
    [200, '{"retCode":null}'],
    [200, '{"retCode":false}'],
    [200, '{"retCode":"00"}'],
    [302, ''],
    [400, '{"retCode":0}'],
    [500, ''],
    [199, ''],
  ])('HTTP %i %s is a failure', (httpStatus, body) => expect(classify(httpStatus, body)).not.toBeNull())
})

describe('the delay of a retry', () => {
  const schedule = [0, 5, 300]
  it.each([
    [schedule, 1, 0.5, 5],
    [schedule, 1, 0, 4],
    [schedule, 1, 1, 6],
    [schedule, 2, 0.5, 300],
    [schedule, 3, 0.5, null],
    [[7], 1, 0.5, 7],
    [[0], 1, 0.5, null],
    [[], 1, 0.5, null],
  ])(
    'a retry with schedule %j after %i failures, random %f, is due after %s s',
    (scheduleSeconds, failedCount, random, expected) => {
      const delay = retryDelaySeconds(scheduleSeconds, failedCount, random)
      expect(delay && Math.round(delay * 1000) / 1000).toBe(expected)
    },
  )
})

describe('the URL of a login callback', () => {
  it.each([
    ['http://a.test/cb', 'http://a.test/cb?n=1'],
    ['http://a.test', 'http://a.test/?n=1'],
    ['http://a.test/cb?', 'http://a.test/cb?n=1'],
    ['http://a.test/cb?x=%2f&x=%2F&y=a+b', 'http://a.test/cb?x=%2f&x=%2F&y=a+b&n=1'],
    [`http://a.test/cb?q='"|{}<>`, `http://a.test/cb?q='"|{}<>&n=1`],
    ['http://a.test/cb?q=a?b=c', 'http://a.test/cb?q=a?b=c&n=1'],
    ['http://a.test/cb?x=1#part', 'http://a.test/cb?x=1&n=1'],
    ['http://a.test/cb#part?x=1', 'http://a.test/cb?n=1'],
    ['http://a.test/cb?店=一 二', 'http://a.test/cb?%E5%BA%97=%E4%B8%80%20%E4%BA%8C&n=1'],
    ['HTTP://A.test:80/cb?A=B', 'http://a.test/cb?A=B&n=1'],
  ])('%s keeps its own query', (loginUrl, extended) => expect(extendLoginUrl(loginUrl, { n: '1' })).toBe(extended))

  it('carries any nickname', () => {
    const url = new URL(extendLoginUrl('http://a.test/', { nickname: '小明&a=b #?\ud800', username: '' }))
    expect([...url.searchParams]).toEqual([
      ['nickname', '小明&a=b #?\ufffd'],
      ['username', ''],
    ])
  })
})

it('a text with unstorable characters keeps all others', () => {
  expect(stripUnstorable('a\0b\ud83d c👍')).toBe('ab\ufffd c👍')
})

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-11-21T10:00:00Z')
  it.each([
    [undefined, 0],
    ['0', 0],
    ['30', 30],
    [' 7 ', 7],
    ['86400', 3600],
    ['Sat, 21 Nov 2026 10:01:00 GMT', 60],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['Mon, 23 Nov 2026 10:00:00 GMT', 3600],
    ['soon', 0],
    ['-5', 0],
  ])('%s is read as %i s', (header, seconds) => expect(readRetryAfter(header, nowMs)).toBe(seconds))
})

import { describe, expect, it } from 'vitest'
import { maskDeep, maskText, maskUrl } from '@/lib/auth/mask-secrets'

describe('maskUrl', () => {
  it.each([
    ['https://shop.example/callback', 'https://shop.example/callback'],
    ['https://user:pw@shop.example:8443/cb', 'https://•••@shop.example:8443/cb'],
    ['https://user@shop.example/', 'https://•••@shop.example/'],
    ['https://shop.example/cb?key=a&b=c=d&e=', 'https://shop.example/cb?key=•••&b=•••&e=•••'],
    ['https://shop.example/cb?onlyasecret', 'https://shop.example/cb?•••'],
    ['https://shop.example/cb#token', 'https://shop.example/cb#•••'],
    ['https://hooks.example/services/T024BE7LD0aQ9xKz/in', 'https://hooks.example/services/•••/in'],
    ['https://shop.example/wechat/callbacks-of-the-shop', 'https://shop.example/wechat/callbacks-of-the-shop'],
    ['http://127.0.0.1:9000/cb', 'http://127.0.0.1:9000/cb'],
    ['not an address, which may hold anything', '•••'],
  ])('%s', (url, shown) => expect(maskUrl(url)).toBe(shown))
})

it('maskText masks tokens, signing secrets and URLs within a text', () => {
  const token = `wx_${'aB3'.repeat(13)}x`
  expect(
    maskText(`{"token":"${token}","url":"https://a.example/?k=v"} whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ok`),
  ).toBe('{"token":"•••","url":"https://a.example/?k=•••"} ••• ok')
})

it('maskDeep masks strings in arrays and objects, and keeps other values', () => {
  const at = new Date(0)
  expect(maskDeep({ url: { from: null, to: 'https://a.example/?k=v' }, list: ['x', 1], at })).toEqual({
    url: { from: null, to: 'https://a.example/?k=•••' },
    list: ['x', 1],
    at,
  })
})

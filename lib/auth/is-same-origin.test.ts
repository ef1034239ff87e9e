import { describe, expect, it } from 'vitest'
import { isSameOrigin } from './is-same-origin'

const publicUrl = 'https://wxbot.example.com'

describe('isSameOrigin', () => {
  it.each([
    ['our page, told by the browser', { 'sec-fetch-site': 'same-origin' }, true],
    ['another site, told by the browser', { 'sec-fetch-site': 'cross-site', origin: publicUrl }, false],
    ['a sister site', { 'sec-fetch-site': 'same-site' }, false],
    ['a typed address that would write', { 'sec-fetch-site': 'none' }, false],
    ['plain http in a local network', { origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, true],
    ['behind a proxy that changes the host', { origin: publicUrl, host: 'web-1:3000' }, true],
    ['another origin', { origin: 'https://evil.example', host: '10.0.0.5:3000' }, false],
    ['a page in a sandbox', { origin: 'null', host: '10.0.0.5:3000' }, false],
    ['no browser at all', { host: '10.0.0.5:3000' }, false],
  ])('%s', (_case, headers, expected) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), publicUrl)).toBe(expected)
  })
})

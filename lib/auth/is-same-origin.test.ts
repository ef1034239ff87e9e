import { describe, expect, it } from 'vitest'
import { isSameOrigin } from '@/lib/auth/is-same-origin'

const publicUrl = 'https://wxbot.example.com'

describe('isSameOrigin', () => {
  it.each([
    ['accepts our page by Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin' }, true],
    ['refuses another site by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site', origin: publicUrl }, false],
    ['refuses a same-site page of another origin', { 'sec-fetch-site': 'same-site' }, false],
    ['refuses a request from the address bar', { 'sec-fetch-site': 'none' }, false],
    [
      'accepts our page over plain http in a local network',
      { origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' },
      true,
    ],
    ['accepts our page behind a proxy that changes Host', { origin: publicUrl, host: 'web-1:3000' }, true],
    ['refuses another origin', { origin: 'https://evil.example', host: '10.0.0.5:3000' }, false],
    ['refuses a sandboxed page', { origin: 'null', host: '10.0.0.5:3000' }, false],
    ['refuses a client without these headers', { host: '10.0.0.5:3000' }, false],
  ])('%s', (_case, headers, expected) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), publicUrl)).toBe(expected)
  })
})

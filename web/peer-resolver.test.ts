import { describe, expect, it } from 'vitest'
import { createPeerResolver } from '@/web/peer-resolver'

describe('createPeerResolver', () => {
  it.each([
    ['::ffff:10.0.0.1', '1.1.1.1', '1.1.1.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', 'garbage', '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1, garbage', '10.0.0.1'],
    ['8.8.8.8', '1.1.1.1', '8.8.8.8'],
    ['fd00::1', '2001:db8::1', '2001:db8::1'],
  ])('a peer %s with X-Forwarded-For %s resolves to %s', (socketAddress, forwardedFor, peer) => {
    expect(createPeerResolver(['10.0.0.0/8', 'fd00::/8'])(socketAddress, forwardedFor)).toBe(peer)
  })

  it('refuses an invalid list and names the variable', () => {
    expect(() => createPeerResolver(['proxy.local'])).toThrow('TRUSTED_PROXIES')
  })
})

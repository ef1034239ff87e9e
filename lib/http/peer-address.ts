import { randomBytes, timingSafeEqual } from 'node:crypto'

/** `<secret> <address>`, written by the thin server alone. */
export const peerHeader = 'x-wxbot-peer'

const secretKey = Symbol.for('wxbot.peerSecret')
const shared = globalThis as { [secretKey]?: string }

/** The value of the peer header for an address; only this process, until it ends, takes it for true. */
export function signPeerAddress(address: string): string {
  shared[secretKey] ??= randomBytes(24).toString('base64url')
  return `${shared[secretKey]} ${address}`
}

/**
 * The address of who asks, behind trusted proxies the one they vouch for.
 * "" when the thin server did not say it: whoever decides by address then refuses.
 */
export function peerAddress(request: { headers: Headers }): string {
  const expected = Buffer.from(shared[secretKey] ?? '')
  const [secret = '', address = ''] = (request.headers.get(peerHeader) ?? '').split(' ')
  const given = Buffer.from(secret)
  const isOurs = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected)
  return isOurs ? address : ''
}

import { randomBytes, timingSafeEqual } from 'node:crypto'

/** `<secret> <address>[ forwarded]`, written by the thin server alone. */
export const peerHeader = 'x-wxbot-peer'

const secretKey = Symbol.for('wxbot.peerSecret')
const shared = globalThis as { [secretKey]?: string }

/**
 * The value of the peer header for an address; only this process, until it ends, takes it for true.
 * `isForwarded` marks a request that claims to be forwarded although nobody we trust says so.
 */
export function signPeerAddress(address: string, { isForwarded = false } = {}): string {
  shared[secretKey] ??= randomBytes(24).toString('base64url')
  return `${shared[secretKey]} ${address}${isForwarded ? ' forwarded' : ''}`
}

/**
 * The address of who asks, behind trusted proxies the one they vouch for.
 * "" when the thin server did not say it: whoever decides by address then refuses.
 */
export function peerAddress(request: { headers: Headers }): string {
  return readPeer(request).address
}

/** Tells whether a request claims to be forwarded, and no trusted proxy vouches for it; true as well when the thin server said nothing. */
export function forwardingIsUntrusted(request: { headers: Headers }): boolean {
  return readPeer(request).isForwarded
}

function readPeer({ headers }: { headers: Headers }): { address: string; isForwarded: boolean } {
  const expected = Buffer.from(shared[secretKey] ?? '')
  const [secret = '', address = '', mark] = (headers.get(peerHeader) ?? '').split(' ')
  const given = Buffer.from(secret)
  const isOurs = expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected)
  return isOurs ? { address, isForwarded: mark !== undefined } : { address: '', isForwarded: true }
}

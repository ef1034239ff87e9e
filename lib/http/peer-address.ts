import { randomBytes, timingSafeEqual } from 'node:crypto'

/** `<secret> <address>[ forwarded]`, set only by the thin server. */
export const peerHeader = 'x-wxbot-peer'

const secretKey = Symbol.for('wxbot.peerSecret')
const shared = globalThis as { [secretKey]?: string }

/**
 * Returns the value of the peer header for an address, valid only in this process. `isForwarded` marks a request with forwarding
 * headers that no trusted proxy confirms.
 */
export function signPeerAddress(address: string, { isForwarded = false } = {}): string {
  shared[secretKey] ??= randomBytes(24).toString('base64url')
  return `${shared[secretKey]} ${address}${isForwarded ? ' forwarded' : ''}`
}

/**
 * Returns the address of the client, or behind trusted proxies the one they report; "": not set by the thin server, so a caller
 * that decides by address must refuse.
 */
export function peerAddress(request: { headers: Headers }): string {
  return readPeer(request).address
}

/** Returns whether a request has forwarding headers that no trusted proxy confirms; true also without a valid peer header. */
export function hasUntrustedForwarding(request: { headers: Headers }): boolean {
  return readPeer(request).isForwarded
}

function readPeer({ headers }: { headers: Headers }): { address: string; isForwarded: boolean } {
  const expected = Buffer.from(shared[secretKey] ?? '')
  const [secret = '', address = '', mark] = (headers.get(peerHeader) ?? '').split(' ')
  const actual = Buffer.from(secret)
  const isOurs = expected.length > 0 && actual.length === expected.length && timingSafeEqual(actual, expected)
  return isOurs ? { address, isForwarded: mark !== undefined } : { address: '', isForwarded: true }
}

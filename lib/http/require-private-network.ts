import { isIP } from 'node:net'
import { timingSafeEqual } from 'node:crypto'
import type { Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { isInNetworks } from '@/lib/networks'
import { hasUntrustedForwarding, peerAddress } from '@/lib/http/peer-address'

type Gate = Pick<Env, 'QUN_ALLOW' | 'QUN_TOKEN' | 'PUBLIC_URL'>

/**
 * Admits only the private network (专网使用): an address of the allow-list, from the socket or a trusted proxy; no other
 * forwarding header, no foreign host name (DNS rebinding), no page of another site; and QUN_TOKEN if it is set.
 * @throws NOT_PRIVATE. Spec: B2 (private network only).
 */
export function requirePrivateNetwork(request: Request, gate: Gate): void {
  const isAllowed = isInNetworks(gate.QUN_ALLOW, peerAddress(request)) && !hasUntrustedForwarding(request)
  if (!isAllowed || isCrossSite(request, gate)) throw new AppError('NOT_PRIVATE', { reason: 'private_network_only' })
  if (!isOwnHost(request.headers.get('host'), gate))
    throw new AppError('NOT_PRIVATE', { reason: 'private_host_only', parameter: 'Host' })
  if (gate.QUN_TOKEN && !isSame(gate.QUN_TOKEN, request.headers.get('authorization')))
    throw new AppError('NOT_PRIVATE', { reason: 'private_token_missing' })
}

/** Accepts the public name, `localhost` or an address. In DNS rebinding, a page's own host name resolves to us and is sent as Host. */
function isOwnHost(host: string | null, { PUBLIC_URL }: Gate): boolean {
  if (!host || !URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  return isAddress || hostname === 'localhost' || hostname === new URL(PUBLIC_URL).hostname
}

/** Programs send neither header; a browser sends both, and the origin of our own pages is PUBLIC_URL. */
function isCrossSite({ headers }: Request, { PUBLIC_URL }: Gate): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const isForeign = origin !== null && origin !== new URL(PUBLIC_URL).origin
  return isForeign || (site !== null && site !== 'none' && site !== 'same-origin')
}

function isSame(token: string, authorization: string | null): boolean {
  const actual = Buffer.from(/^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]?.trim() ?? '')
  const expected = Buffer.from(token)
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

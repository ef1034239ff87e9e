import { BlockList, isIP } from 'node:net'
import { timingSafeEqual } from 'node:crypto'
import type { Env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { forwardingIsUntrusted, peerAddress } from './peer-address'

type Gate = Pick<Env, 'QUN_ALLOW' | 'QUN_TOKEN' | 'PUBLIC_URL'>

/**
 * Lets only the private network in (专网使用): an address of the allow-list, as the socket has it or a trusted proxy vouches for it; no
 * forwarding header from anybody else, no other site's page in a browser; and the token, where an operator demands one.
 * @throws NOT_PRIVATE. Spec: B2.
 */
export function requirePrivateNetwork(request: Request, gate: Gate): void {
  const isAllowed = isListed(gate.QUN_ALLOW, peerAddress(request)) && !forwardingIsUntrusted(request)
  if (!isAllowed || isCrossSite(request, gate)) throw new AppError('NOT_PRIVATE', '此接口仅限专网使用')
  if (gate.QUN_TOKEN && !isSame(gate.QUN_TOKEN, request.headers.get('authorization')))
    throw new AppError('NOT_PRIVATE', '此接口需要访问令牌')
}

function isListed(list: readonly string[], address: string): boolean {
  const family = isIP(address)
  if (!family) return false
  const allowed = new BlockList()
  for (const item of list) {
    const [network = '', prefix] = item.split('/')
    const version = isIP(network)
    if (version)
      allowed.addSubnet(network, Number(prefix ?? (version === 6 ? 128 : 32)), version === 6 ? 'ipv6' : 'ipv4')
  }
  return allowed.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Programs send neither header; a browser sends both, and the page's own origin is the public one, whatever Host it asked. */
function isCrossSite({ headers }: Request, { PUBLIC_URL }: Gate): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const isForeign = origin !== null && origin !== new URL(PUBLIC_URL).origin
  return isForeign || (site !== null && site !== 'none' && site !== 'same-origin')
}

function isSame(token: string, authorization: string | null): boolean {
  const given = Buffer.from(/^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]?.trim() ?? '')
  const expected = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

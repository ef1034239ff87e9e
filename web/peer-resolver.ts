import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'

export type PeerResolver = {
  (socketAddress: string, forwardedFor: string | undefined): string
  /** Tells whether trusted proxies alone say where a request comes from. */
  isVouched(socketAddress: string, forwardedFor: string | undefined): boolean
}

/**
 * Makes the rule of who asks: the socket's peer, or, behind trusted proxies, the nearest address in `X-Forwarded-For`
 * that is none of them. @throws when an item is no address or CIDR.
 */
export function createPeerResolver(trustedProxies: readonly string[]): PeerResolver {
  const trusted = new BlockList()
  for (const item of trustedProxies) {
    const [address = '', prefix] = item.split('/')
    const family = isIP(address)
    if (!family) throw new Error(`TRUSTED_PROXIES: ${item} is no address and no CIDR`)
    trusted.addSubnet(address, prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix), familyName(family))
  }
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyName(isIP(address)))

  /** Goes back from proxy to proxy; `isBroken` where one that is trusted named no address. */
  function trace(socketAddress: string, forwardedFor: string | undefined) {
    let peer = plainAddress(socketAddress)
    let steps = 0
    const vouchedFor = forwardedFor?.split(',').map((item) => plainAddress(item.trim())) ?? []
    while (isTrusted(peer)) {
      const before = vouchedFor.pop()
      if (before === undefined) break
      if (!isIP(before)) return { peer, steps, isBroken: true }
      peer = before
      steps += 1
    }
    return { peer, steps, isBroken: false }
  }
  return Object.assign((socketAddress: string, forwardedFor?: string) => trace(socketAddress, forwardedFor).peer, {
    isVouched(socketAddress: string, forwardedFor: string | undefined) {
      const { steps, isBroken } = trace(socketAddress, forwardedFor)
      return steps > 0 && !isBroken
    },
  })
}

const forwardingHeaders = ['forwarded', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']

/** Puts our own word on who asks in place of whatever the client sent. */
export function replaceForwardingHeaders(request: IncomingMessage, resolvePeer: PeerResolver): void {
  const { headers } = request
  const socketAddress = request.socket.remoteAddress ?? ''
  const given = headers['x-forwarded-for']
  const forwardedFor = Array.isArray(given) ? given.join(',') : given
  const peer = resolvePeer(socketAddress, forwardedFor)
  const isClaimed = forwardedFor !== undefined || forwardingHeaders.some((name) => headers[name] !== undefined)
  const isForwarded = isClaimed && !resolvePeer.isVouched(socketAddress, forwardedFor)
  for (const name of forwardingHeaders) delete headers[name]
  headers['x-forwarded-for'] = peer
  headers[peerHeader] = signPeerAddress(peer, { isForwarded })
}

/** An IPv4 address that came over an IPv6 socket counts as IPv4. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function familyName(family: number): 'ipv4' | 'ipv6' {
  return family === 6 ? 'ipv6' : 'ipv4'
}

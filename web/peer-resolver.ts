import { BlockList, isIP } from 'node:net'

export type PeerResolver = {
  (socketAddress: string, forwardedFor: string | undefined): string
  /** Returns whether trusted proxies confirm the origin of a request. */
  isConfirmed(socketAddress: string, forwardedFor: string | undefined): boolean
}

/**
 * Creates the function that returns the client's address: the peer of the socket, or behind trusted proxies the last address in
 * `X-Forwarded-For` that is not a trusted proxy. @throws when an item is neither an address nor a CIDR.
 */
export function createPeerResolver(trustedProxies: readonly string[]): PeerResolver {
  const trusted = new BlockList()
  for (const item of trustedProxies) {
    const [address = '', prefix] = item.split('/')
    const family = isIP(address)
    if (!family) throw new Error(`TRUSTED_PROXIES: ${item} is not an address or a CIDR`)
    trusted.addSubnet(address, prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix), familyName(family))
  }
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyName(isIP(address)))

  /** Follows the chain of proxies; `isBroken`: a trusted proxy reported something other than an address. */
  function trace(socketAddress: string, forwardedFor: string | undefined) {
    let peer = plainAddress(socketAddress)
    let steps = 0
    const reported = forwardedFor?.split(',').map((item) => plainAddress(item.trim())) ?? []
    while (isTrusted(peer)) {
      const previous = reported.pop()
      if (previous === undefined) break
      if (!isIP(previous)) return { peer, steps, isBroken: true }
      peer = previous
      steps += 1
    }
    return { peer, steps, isBroken: false }
  }
  return Object.assign((socketAddress: string, forwardedFor?: string) => trace(socketAddress, forwardedFor).peer, {
    isConfirmed(socketAddress: string, forwardedFor: string | undefined) {
      const { steps, isBroken } = trace(socketAddress, forwardedFor)
      return steps > 0 && !isBroken
    },
  })
}

/** Converts an IPv4-mapped IPv6 address to IPv4. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function familyName(family: number): 'ipv4' | 'ipv6' {
  return family === 6 ? 'ipv6' : 'ipv4'
}

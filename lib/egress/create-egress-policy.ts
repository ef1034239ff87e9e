import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { blockListOf, contains, isMetadataAddress, isOwnAddress, isPublicAddress } from './special-addresses'

/** Turns a host name into its addresses; rejects when it has none. */
export type ResolveHost = (hostname: string) => Promise<string[]>

/** Where callbacks and image links may go. Each refusal is a sentence for the person who gave the link; null = allowed. */
export type EgressPolicy = {
  refuseUrl(url: URL): string | null
  refuseAddress(target: { hostname: string; address: string; port: number }): string | null
  resolveHost: ResolveHost
  /** Our own servers, wherever they run. */
  ownServers: readonly OwnServer[]
}

export type OwnServer = { hostname: string; port: number }

/**
 * Makes the egress policy: http and https to the public internet, and to what `allow` names (CIDRs, addresses, host names).
 * Cloud metadata, this machine's `ownPorts` and `ownServers` stay closed whatever `allow` says. @throws when an item of `allow` is none of these.
 */
export function createEgressPolicy(options: {
  allow: string[]
  ownPorts: number[]
  ownServers?: OwnServer[]
  resolveHost?: ResolveHost
}): EgressPolicy {
  const { hostnames, ipv4, ipv6 } = readAllowed(options.allow)
  const ownPorts = new Set(options.ownPorts)

  return {
    resolveHost: options.resolveHost ?? resolveByDns,
    ownServers: options.ownServers ?? [],
    refuseUrl(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return '只支持 http 和 https 链接'
      if (url.username || url.password) return '链接里不能带用户名和密码'
      return null
    },
    refuseAddress({ hostname, address, port }) {
      if (!isIP(address)) return `地址 ${address} 无法识别`
      if (isMetadataAddress(address)) return `地址 ${address} 是云主机的元数据地址，不允许访问`
      if (ownPorts.has(port) && isOwnAddress(address)) return `端口 ${port} 是本系统自己的端口，不允许访问`
      // Apart by family: an IPv4 range must not open the IPv4-mapped form of its addresses.
      const isAllowed = contains(isIP(address) === 6 ? ipv6 : ipv4, address) || hostnames.has(bareHostname(hostname))
      return isAllowed || isPublicAddress(address) ? null : `地址 ${address} 不是公网地址，不允许访问`
    },
  }
}

/** A host name as it is compared: lower case, without brackets and the dot at the end. */
export function bareHostname(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '')
}

function readAllowed(allow: string[]) {
  const hostnames = new Set<string>()
  const cidrs: string[] = []
  for (const item of allow) {
    const [address = '', prefix] = item.split('/')
    const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
    if (bits > 0 && (prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= bits)))
      cidrs.push(`${address}/${prefix ?? bits}`)
    else if (/^(?=.*[a-z])[\w.-]+$/i.test(item)) hostnames.add(bareHostname(item))
    else throw new Error(`EGRESS_ALLOW: ${item} is no CIDR and no host name`)
  }
  const isIpv6 = (cidr: string) => cidr.includes(':')
  return {
    hostnames,
    ipv4: blockListOf(cidrs.filter((cidr) => !isIpv6(cidr))),
    ipv6: blockListOf(cidrs.filter(isIpv6)),
  }
}

async function resolveByDns(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true })
  return found.map(({ address }) => address)
}

import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isHostname, parseNetwork } from '@/lib/networks'
import { sentenceOf } from '@/lib/sentence'
import { type Refusal, urlProblems } from '@/lib/egress/find-url-problem'
import { blockListOf, contains, isMetadataAddress, isOwnAddress, isPublicAddress } from '@/lib/egress/special-addresses'
import type { Env } from '@/lib/env'

/** Resolves a host name to its addresses. Rejects if there is none. */
export type ResolveHost = (hostname: string) => Promise<string[]>

/** Decides which targets callbacks and image links may reach; null: allowed. */
export type EgressPolicy = {
  refuseUrl(url: URL): Refusal | null
  refuseAddress(target: { hostname: string; address: string; port: number }): Refusal | null
  resolveHost: ResolveHost
  /** Database, queue and simulator of this installation, on any host. */
  ownServers: readonly OwnServer[]
}

export type OwnServer = { hostname: string; port: number }

/**
 * Creates the egress policy: http and https to the public internet and to the items of `allow` (CIDRs, addresses, host names).
 * Cloud metadata, this machine's `ownPorts` and `ownServers` are always refused. @throws when an item of `allow` is invalid.
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
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return urlProblems.urlScheme
      if (url.username || url.password) return urlProblems.urlCredentials
      return null
    },
    refuseAddress({ hostname, address, port }): Refusal | null {
      if (!isIP(address))
        return {
          sentence: sentenceOf('address_unreadable', { address }),
          en: `leads to ${address}, which is not an IP address`,
        }
      if (isMetadataAddress(address))
        return {
          sentence: sentenceOf('address_metadata', { address }),
          en: `leads to ${address}, a metadata address of cloud hosts, which is never allowed`,
        }
      if (ownPorts.has(port) && isOwnAddress(address))
        return {
          sentence: sentenceOf('port_own', { port: String(port) }),
          en: `leads to port ${port} of wxbot itself, which is never allowed`,
        }
      // Separate lists per family: an IPv4 range must not allow the IPv4-mapped form of its addresses.
      const isAllowed = contains(isIP(address) === 6 ? ipv6 : ipv4, address) || hostnames.has(bareHostname(hostname))
      if (isAllowed || isPublicAddress(address)) return null
      return {
        sentence: sentenceOf('address_private', { address }),
        en: `leads to ${address}, which is not a public address; EGRESS_ALLOW can allow it`,
      }
    },
  }
}

/** Normalizes a host name for comparison: lower case, without brackets and trailing dot. */
export function bareHostname(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '')
}

function readAllowed(allow: string[]) {
  const hostnames = new Set<string>()
  const cidrs: string[] = []
  for (const item of allow) {
    const network = parseNetwork(item)
    if (network) cidrs.push(`${network.address}/${network.prefix}`)
    else if (isHostname(item)) hostnames.add(bareHostname(item))
    else throw new Error(`EGRESS_ALLOW: ${item} is not a CIDR or a host name`)
  }
  const isIpv6 = (cidr: string) => cidr.includes(':')
  return {
    hostnames,
    ipv4: blockListOf(cidrs.filter((cidr) => !isIpv6(cidr))),
    ipv6: blockListOf(cidrs.filter(isIpv6)),
  }
}

async function resolveByDns(hostname: string): Promise<string[]> {
  const addresses = await lookup(hostname, { all: true })
  return addresses.map(({ address }) => address)
}

const defaultPorts: Record<string, number> = { 'redis:': 6379, 'rediss:': 6379, 'http:': 80, 'https:': 443 }

type EgressSettings = Pick<
  Env,
  | 'EGRESS_ALLOW'
  | 'OWN_PORTS'
  | 'PORT'
  | 'WORKER_PORT'
  | 'DATABASE_URL'
  | 'REDIS_URL'
  | 'WECHAT'
  | 'WECHAT_ORIGIN'
  | 'ILINK_ORIGIN'
  | 'WECOM_ORIGIN'
>

/** Creates the egress policy of this installation from EGRESS_ALLOW; our own ports, database, queue and simulator are refused. */
export function openEgressPolicy(env: EgressSettings): EgressPolicy {
  return createEgressPolicy({
    allow: env.EGRESS_ALLOW,
    ownPorts: [...env.OWN_PORTS, env.PORT, env.WORKER_PORT],
    ownServers: [...serversOf(env.DATABASE_URL, env.REDIS_URL), ...simulatorsOf(env)],
  })
}

/** Creates the egress policy for gateways and iLink, whose addresses only an operator sets; they may be the simulator. */
export function openGatewayPolicy(env: EgressSettings): EgressPolicy {
  const simulatorPorts = simulatorsOf(env).map(({ port }) => port)
  return createEgressPolicy({
    allow: env.EGRESS_ALLOW,
    ownPorts: [...env.OWN_PORTS, env.PORT, env.WORKER_PORT].filter((port) => !simulatorPorts.includes(port)),
    ownServers: serversOf(env.DATABASE_URL, env.REDIS_URL),
  })
}

/** The services of the simulator, which callbacks never reach. */
function simulatorsOf(env: EgressSettings): OwnServer[] {
  return env.WECHAT === 'simulator' ? serversOf(env.WECHAT_ORIGIN, env.ILINK_ORIGIN, env.WECOM_ORIGIN) : []
}

function serversOf(...urls: (string | undefined)[]): OwnServer[] {
  return urls.flatMap((url) => (url ? serverOf(url) : []))
}

function serverOf(text: string): OwnServer {
  const { hostname, port, protocol } = new URL(text)
  return { hostname, port: Number(port) || (defaultPorts[protocol] ?? 5432) }
}

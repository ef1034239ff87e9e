import { isIP } from 'node:net'
import { bareHostname, type EgressPolicy } from './create-egress-policy'
import { blockListOf, contains, isOwnAddress } from './special-addresses'

export type Target =
  { outcome: 'allowed'; addresses: string[] } | { outcome: 'refused'; reason: string } | { outcome: 'unresolved' }

/** Resolves a host once and asks the policy about every address it has: one refused address refuses the host. */
export async function resolveTarget(
  policy: EgressPolicy,
  { hostname, port }: { hostname: string; port: number },
): Promise<Target> {
  const host = bareHostname(hostname)
  let addresses: string[]
  try {
    addresses = isIP(host) ? [host] : await policy.resolveHost(host)
  } catch {
    return { outcome: 'unresolved' }
  }
  if (addresses.length === 0) return { outcome: 'unresolved' }
  for (const address of addresses) {
    const reason = policy.refuseAddress({ hostname: host, address, port })
    if (reason) return { outcome: 'refused', reason }
  }
  if (await isOwnServer(policy, { host, addresses, port }))
    return { outcome: 'refused', reason: `${host}:${port} 是本系统自己的服务，不允许访问` }
  return { outcome: 'allowed', addresses }
}

/** Tells whether a target is one of our own servers, by whatever name or address it is called. */
async function isOwnServer(
  policy: EgressPolicy,
  target: { host: string; addresses: string[]; port: number },
): Promise<boolean> {
  for (const server of policy.ownServers.filter(({ port }) => port === target.port)) {
    const own = bareHostname(server.hostname)
    if (own === target.host) return true
    const theirs = isIP(own) ? [own] : await policy.resolveHost(own).catch(() => [])
    const list = blockListOf(theirs.map((address) => `${address}/${isIP(address) === 6 ? 128 : 32}`))
    const isHere = theirs.some(isOwnAddress)
    if (target.addresses.some((address) => contains(list, address) || (isHere && isOwnAddress(address)))) return true
  }
  return false
}

/** The port a URL leads to. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

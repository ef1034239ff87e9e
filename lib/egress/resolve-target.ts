import { isIP, type LookupFunction } from 'node:net'
import { bareHostname, type EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Refusal } from '@/lib/egress/find-url-problem'
import { sentenceOf } from '@/lib/sentence'
import { blockListOf, contains, isOwnAddress } from '@/lib/egress/special-addresses'

export type Target =
  { outcome: 'allowed'; addresses: string[] } | { outcome: 'refused'; reason: Refusal } | { outcome: 'unresolved' }

/** Resolves a host once and checks all its addresses: if any address is refused, the host is refused. */
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
    return {
      outcome: 'refused',
      reason: {
        sentence: sentenceOf('service_own', { server: `${host}:${port}` }),
        en: `leads to ${host}:${port}, a server of wxbot itself, which is never allowed`,
      },
    }
  return { outcome: 'allowed', addresses }
}

/** Returns whether a target is one of our own servers, under any name or address. */
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

/** Returns the port of a URL, or the default port of its scheme. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/** Returns a lookup that resolves every name to these addresses. */
export function fixedLookup(addresses: string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, options, callback) =>
    options.all ? callback(null, entries) : callback(null, entries[0]?.address ?? '', entries[0]?.family)
}

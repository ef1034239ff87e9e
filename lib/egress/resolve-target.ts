import { isIP } from 'node:net'
import { bareHostname, type EgressPolicy } from './create-egress-policy'

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
  return { outcome: 'allowed', addresses }
}

/** The port a URL leads to. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

import type { Sealer } from '@/lib/secret'

/** Names that a request sets itself, or that would change how it is sent. */
const reservedNames = new Set(
  (
    'accept accept-encoding connection content-encoding content-length content-type expect host ' +
    'keep-alive te trailer transfer-encoding upgrade user-agent'
  ).split(' '),
)
const reservedPrefixes = ['webhook-', 'wxbot-', 'proxy-', 'sec-']

/** Returns whether an endpoint may have a request header of this name. */
export function isHeaderNameFree(name: string): boolean {
  const lower = name.toLowerCase()
  return !reservedNames.has(lower) && !reservedPrefixes.some((prefix) => lower.startsWith(prefix))
}

const sealContext = (endpointId: string) => `endpoint.headers:${endpointId}`

/** Seals the request headers of an endpoint; null: there are none. */
export function sealHeaders(
  sealer: Sealer,
  { endpointId, headers }: { endpointId: string; headers: Record<string, string> },
): string | null {
  return Object.keys(headers).length > 0 ? sealer.seal(JSON.stringify(headers), sealContext(endpointId)) : null
}

/** Opens the request headers of an endpoint. @throws Error if no configured key opens them */
export function openHeaders(
  sealer: Sealer,
  { endpointId, headersSealed }: { endpointId: string; headersSealed: string | null },
): Record<string, string> {
  return headersSealed
    ? (JSON.parse(sealer.open(headersSealed, sealContext(endpointId))) as Record<string, string>)
    : {}
}

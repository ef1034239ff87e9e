import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import type { PeerResolver } from '@/web/peer-resolver'

/**
 * Headers by which proxies, CDNs and meshes state their presence or the client. Patterns instead of names, because vendors use
 * their own spellings, and unknown ones must count as well.
 */
const forwardingHeaders = [
  /forwarded|(?:^|[-_])via$|^x-(?:original-)?host$/,
  /^(?:x-)?(?:cdn|cf|fastly|akamai|ali|slb|clb|stgw|nws|envoy|amzn|azure|appengine|arr|vercel|sucuri|nf)(?:-|$)/,
  /(?:client|real|remote|connecting|originating|original|user|source|socket|peer|true)[-_]?(?:ip|addr|address|port|proto)$/,
]

/** Returns whether a lower-case header name is a forwarding header. */
function isForwardingHeader(name: string): boolean {
  return forwardingHeaders.some((pattern) => pattern.test(name))
}

/** Replaces forwarding headers by our own peer header, and marks a request whose forwarding headers no trusted proxy confirms. */
export function replaceForwardingHeaders(request: IncomingMessage, resolvePeer: PeerResolver): void {
  const { headers } = request
  const socketAddress = request.socket.remoteAddress ?? ''
  const claimed = headers['x-forwarded-for']
  const forwardedFor = Array.isArray(claimed) ? claimed.join(',') : claimed
  const peer = resolvePeer(socketAddress, forwardedFor)
  const claims = Object.keys(headers).filter(isForwardingHeader)
  const isForwarded = claims.length > 0 && !resolvePeer.isConfirmed(socketAddress, forwardedFor)
  for (const name of claims) delete headers[name]
  headers['x-forwarded-for'] = peer
  headers[peerHeader] = signPeerAddress(peer, { isForwarded })
}

const internalHeaders =
  /^(?:x-next|x-middleware-|x-invoke|x-matched-path|x-now-|x-prerender-|x-action-|x-nonce$|x-path$|content-security-policy|next-)/
/** Headers that Next's client sends when it navigates. */
const pageHeaders = new Set([
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-url',
])

/**
 * Removes headers that Next and our pages trust; only this process may set them. A router state that Next would reject with 500
 * is removed too: the page is then rendered whole.
 */
export function removeInternalHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers))
    if (internalHeaders.test(name) && !pageHeaders.has(name)) delete headers[name]
  try {
    parseAndValidateFlightRouterState(headers['next-router-state-tree'])
  } catch {
    delete headers['next-router-state-tree']
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRouteMatcher, type RouteFile } from '@/web/match-route'
import { compressAsNext, writeAsNext } from '@/web/write-as-next'

/** A path that Next matches as it is; it has its own rules for escapes and suffixes. */
const plainPath = /^\/(?:robots|v1|wxbot)(?:\/[\w-]+)*$/
/** Headers and query parameters of page navigation, to which Next reacts on each path. */
const navigationHeader = /^(?:rsc$|next-)/
const navigationQuery = /[?&](?:_rsc|__next|nxt)/i

/**
 * Creates the function that responds to a request of the documented API from its route module, as Next would, without Next's router.
 * It returns false, and does nothing, for requests to which Next's own rules may apply.
 */
export function createApiServer(files: readonly RouteFile[]) {
  const match = createRouteMatcher(files)
  return async function serveApi(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<boolean> {
    const { method = '', url = '', headers } = request
    const path = url.split('?', 1)[0] ?? ''
    if (!plainPath.test(path) || navigationQuery.test(url)) return false
    if (Object.keys(headers).some((name) => navigationHeader.test(name))) return false
    const route = match(method, path)
    if (!route) return false
    compressAsNext(request, response)
    const result = await route.handle(toRequest(request, body), { params: Promise.resolve(route.params as never) })
    await writeAsNext(response, result, { isHead: method === 'HEAD' })
    return true
  }
}

/** Handlers read path and query from the URL, and the host from its header. */
function toRequest({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): Request {
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers: headers as Record<string, string>,
    ...(hasBody ? { body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength) as BodyInit } : {}),
  })
}

import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { AppError } from '@/lib/errors'
import { dialectOf, renderError } from '@/lib/http/dialect'
import type { Logger } from '@/lib/logger'
import { respondAndDestroy, refuseUnreadable } from '@/web/refuse-unreadable'
import { type Bounds, boundConnections, defaultBounds, endEarly, type Exchange, serverOptions } from '@/web/connections'
import { removeInternalHeaders, replaceForwardingHeaders } from '@/web/forwarding-headers'
import type { PeerResolver } from '@/web/peer-resolver'
import { bodyLimitOf, createBodyReader, hasBody, withBody } from '@/web/read-body'
import { allowedMethods, refuseRequest } from '@/web/refuse-request'
import { readTarget } from '@/web/request-target'
import type { WebMetrics } from '@/web/web-metrics'
import { addMissingHeaders, commonHeaders } from '@/web/response-headers'

/** Maximum bytes of a refused body that are read and discarded, so that the client gets to read the response. */
const maxDiscardedBytes = 2 * 1024 * 1024

const emptyBody = Buffer.alloc(0)

type RequestHandler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => Promise<void>

/**
 * Creates the server in front of Next: it sets the peer address from the socket, assigns request ids, limits bodies and
 * connections, and responds in the documented format where Node or Next would not. `handle` receives only complete requests, each with
 * its body.
 */
export function createThinServer(options: {
  handle: RequestHandler
  resolvePeer: PeerResolver
  log: Logger
  publicUrl: string
  bounds?: Partial<Bounds>
  /** Next's development server has its own paths, headers and upgrades. */
  isDevelopment?: boolean
  /** null: not measured. */
  metrics?: WebMetrics | null
}): Server {
  const { handle, resolvePeer, log, publicUrl, isDevelopment = false, metrics = null } = options
  const bounds = { ...defaultBounds, ...options.bounds }
  const publicHost = new URL(publicUrl).host
  const responseHeaders = commonHeaders({ publicUrl })
  const readBody = createBodyReader(bounds)
  const server = createServer(serverOptions(bounds))
  const exchanges = boundConnections(server, { bounds, log })

  async function serve(request: IncomingMessage, response: ServerResponse, isContinueExpected = false) {
    const requestId = randomUUID()
    request.headers['x-request-id'] = requestId
    response.setHeader('X-Request-Id', requestId)
    addMissingHeaders(response, responseHeaders)
    const { path, refusal } = readTarget(request, { publicHost })
    const exchange = { request, response, path }
    exchanges.begin(exchange)
    metrics?.observe(exchange)
    if (refusal) return respond(exchange, refusal, { status: 400 })
    const unsupported = refuseProtocol(request)
    if (unsupported) return respond(exchange, unsupported, { isLast: true })
    if (!isDevelopment) removeInternalHeaders(request.headers)
    replaceForwardingHeaders(request, resolvePeer)
    const refused = refuseRequest(request, path, { isDevelopment })
    if (refused) return respond(exchange, refused)

    let completeRequest = request
    let body: Buffer = emptyBody
    try {
      if (hasBody(request)) {
        const onAccepted = () => void (isContinueExpected && response.writeContinue())
        const { bytes, release } = await readBody(request, {
          maxBytes: bodyLimitOf({ method: request.method, path }),
          onAccepted,
        })
        response.once('close', release)
        completeRequest = withBody(request, bytes)
        body = bytes
      }
      if (path === '/healthz') return void response.setHeader('Cache-Control', 'no-store').end('ok')
      if (path === '/metrics' && metrics) return await metrics.serve(request, response)
      await handle(completeRequest, response, body)
    } catch (error) {
      if (request.socket.destroyed) return
      if (!(error instanceof AppError)) log.error({ err: error, requestId, path: encodeURI(path) }, 'request failed')
      if (response.headersSent) response.destroy()
      else respond(exchange, error)
    }
  }

  function respond(exchange: Exchange, error: unknown, { status = 0, isLast = false } = {}): void {
    const { request, response, path } = exchange
    const wireResponse = renderError(dialectOf(path), error)
    const headers: Record<string, string> = {
      ...wireResponse.headers,
      'Content-Length': String(Buffer.byteLength(wireResponse.body)),
    }
    if (error instanceof AppError && error.code === 'METHOD_NOT_ALLOWED')
      headers['Allow'] = allowedMethods(path).join(', ')
    const isArriving = hasBody(request) && !request.complete
    if (isArriving || isLast || wireResponse.status === 413) headers['Connection'] = 'close'
    response.writeHead(status || wireResponse.status, headers)
    if (!isArriving) return void response.end(wireResponse.body)
    const limits = { lingerMs: bounds.lingerMs, maxDiscardedBytes }
    void endEarly(exchange, { body: wireResponse.body, ...limits })
  }

  const handleRequest = (request: IncomingMessage, response: ServerResponse, isContinueExpected = false) =>
    void serve(request, response, isContinueExpected).catch((error: unknown) => {
      log.error({ err: error }, 'response failed')
      response.destroy()
    })
  server.on('request', handleRequest)
  server.on('checkContinue', (request, response) => handleRequest(request, response, true))
  server.on('checkExpectation', handleRequest)
  server.on('connect', (_request, socket) => {
    const error = new AppError('METHOD_NOT_ALLOWED', { reason: 'method_not_allowed', params: { method: 'CONNECT' } })
    respondAndDestroy(socket, { path: '/', error, bounds, responseHeaders })
  })
  server.on('clientError', refuseUnreadable({ bounds, exchanges, responseHeaders }))
  return server
}

/**
 * Returns why a request with `Upgrade` or `Expect` is refused; null: it is not. An offer of HTTP/2 is ignored, which the standard
 * allows: Java's client sends it with each first request. No handler listens for `upgrade`, so such requests arrive like others.
 */
function refuseProtocol({ headers }: IncomingMessage): AppError | null {
  const { upgrade, expect } = headers
  delete headers.upgrade
  if (upgrade !== undefined && !/^h2c?$/i.test(upgrade.trim()))
    return new AppError('INVALID_PARAMETER', { reason: 'upgrade_unsupported', parameter: 'Upgrade' })
  if (expect !== undefined && !/^100-continue$/i.test(expect))
    return new AppError('INVALID_PARAMETER', { reason: 'expect_unsupported', parameter: 'Expect' })
  return null
}

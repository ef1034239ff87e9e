import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { AppError } from '@/lib/errors'
import { methodsOf } from '@/lib/http/contract/methods-of'
import { dialectOf, errorAnswer } from '@/lib/http/dialect'
import type { Logger } from '@/lib/logger'
import { replaceForwardingHeaders, type PeerResolver } from './peer-resolver'
import { answerUnreadable } from './answer-unreadable'
import { refuseRequest } from './refuse-request'

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Makes the server in front of Next: it knows the socket, so it says who asks, numbers each request, and answers
 * what Next would not in the contracts' words. `handle` gets the rest.
 */
export function createThinServer(options: { handle: RequestHandler; resolvePeer: PeerResolver; log: Logger }): Server {
  const { handle, resolvePeer, log } = options
  const server = createServer((request, response) => {
    const requestId = randomUUID()
    request.headers['x-request-id'] = requestId
    response.setHeader('X-Request-Id', requestId)
    if (request.url === '/healthz') return void response.setHeader('Cache-Control', 'no-store').end('ok')

    replaceForwardingHeaders(request, resolvePeer)
    // A proxy's absolute form names a host of the client's choice, which Next would believe.
    request.url = request.url?.replace(/^[a-z]+:\/\/[^/?]*/i, '') || '/'
    const path = request.url.split('?', 1)[0] ?? '/'
    const refusal = refuseRequest(request, path)
    if (refusal) return send(response, path, refusal)
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error, requestId, path }, 'request failed')
      if (response.headersSent) response.destroy()
      else send(response, path, error)
    })
  })
  server.on('clientError', answerUnreadable)
  server.requestTimeout = 60_000
  return server
}

function send(response: ServerResponse, path: string, error: unknown): void {
  const { status, headers, body } = errorAnswer(dialectOf(path), error)
  if (error instanceof AppError && error.code === 'METHOD_NOT_ALLOWED')
    headers['Allow'] = methodsOf(path).join(', ') || 'GET, HEAD, POST, DELETE'
  // What still comes of a body that is too large is not worth reading.
  if (status === 413) headers['Connection'] = 'close'
  response.writeHead(status, headers).end(body)
}

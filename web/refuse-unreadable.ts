import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError } from '@/lib/errors'
import { dialectOf, renderError, type WireResponse } from '@/lib/http/dialect'
import type { Bounds, Exchanges } from '@/web/connections'

type ParseError = NodeJS.ErrnoException & { rawPacket?: Buffer }
type Options = { bounds: Bounds; exchanges: Exchanges; responseHeaders: Record<string, string> }

/**
 * Creates the handler of requests that Node could not parse: a query or header that is too long, a malformed body, a client that is
 * too slow. It responds in the dialect of the path, if that has arrived, then destroys the connection.
 * Spec: A2 (HTTP status and envelope).
 */
export function refuseUnreadable({ bounds, exchanges, responseHeaders }: Options) {
  const handled = new WeakSet<Duplex>()
  return function handleClientError(error: ParseError, socket: Duplex): void {
    if (handled.has(socket)) return
    handled.add(socket)
    const exchange = exchanges.of(socket)
    // Browsers open connections in advance; they would take a response that crosses the first request for its response.
    if ('bytesRead' in socket && socket.bytesRead === 0) return void socket.destroy()
    // A second response must not be mixed into one that has begun or belongs to the previous request.
    if (!socket.writable || error.code === 'ECONNRESET' || exchange?.response.headersSent || exchange?.request.complete)
      return void socket.destroy()
    const path = /^[A-Z]+ (?:[a-z]+:\/\/[^/?]*)?(\/\S*)/.exec(error.rawPacket?.toString('latin1') ?? '')?.[1]
    respondAndDestroy(socket, {
      path: exchange?.path ?? path ?? '/',
      error: describe(error, bounds),
      bounds,
      responseHeaders,
    })
  }
}

/** Writes an error to a raw connection in the dialect of a path, and destroys the connection after the client had time to read it. */
export function respondAndDestroy(
  socket: Duplex,
  options: { path: string; error: AppError; bounds: Pick<Bounds, 'lingerMs'>; responseHeaders: Record<string, string> },
): void {
  const { path, error, bounds, responseHeaders } = options
  socket.on('error', () => socket.destroy())
  socket.end(wireText(renderError(dialectOf(path), error), responseHeaders))
  const timer = setTimeout(() => socket.destroy(), bounds.lingerMs)
  socket.once('close', () => clearTimeout(timer))
}

function wireText(response: WireResponse, responseHeaders: Record<string, string>): string {
  const headers = {
    ...responseHeaders,
    ...response.headers,
    'X-Request-Id': randomUUID(),
    'Content-Length': String(Buffer.byteLength(response.body)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${response.body}`
}

function describe({ code }: ParseError, { requestMs }: Bounds): AppError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError('INVALID_PARAMETER', { reason: 'request_head_too_large', parameter: 'url' })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new AppError('INVALID_PARAMETER', {
      reason: 'request_too_slow',
      params: { seconds: requestMs / 1000 },
      parameter: 'body',
    })
  return new AppError('INVALID_PARAMETER', { reason: 'request_not_http', parameter: 'request' })
}

import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from '@/lib/logger'

/** Limits of connections; times in milliseconds. */
export type Bounds = {
  /** Maximum time until the head of a request has arrived, also on a connection that sends nothing. */
  headersMs: number
  /** Maximum time until a request with its body has arrived. */
  requestMs: number
  /** Maximum time without progress while a client reads a response. */
  readMs: number
  /** Maximum idle time between requests. */
  keepAliveMs: number
  /** Time in which input is still read and discarded after a refusal, so that the client can read the response. */
  lingerMs: number
  /** Interval of checking `headersMs` and `requestMs`. */
  checkMs: number
  maxConnections: number
  /** Maximum memory of all request bodies together. */
  maxHeldBytes: number
}

export const defaultBounds: Bounds = {
  headersMs: 10_000,
  requestMs: 20_000,
  readMs: 15_000,
  keepAliveMs: 20_000,
  lingerMs: 1000,
  checkMs: 1000,
  maxConnections: 2000,
  maxHeldBytes: 128 * 1024 * 1024,
}

/** Returns server options that enforce the bounds and leave each refusal of a request to this module. */
export function serverOptions({ headersMs, requestMs, keepAliveMs, checkMs }: Bounds): ServerOptions {
  return {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: checkMs,
    requireHostHeader: false,
  }
}

export type Exchange = { request: IncomingMessage; response: ServerResponse; path: string }
export type Exchanges = { of(socket: Duplex): Exchange | undefined; begin(exchange: Exchange): void }

/**
 * Enforces the bounds on the connections of a server and tracks the current request of each. A connection without progress is
 * destroyed, unless its client waits for our response.
 */
export function boundConnections(server: Server, { bounds, log }: { bounds: Bounds; log: Logger }): Exchanges {
  const { maxConnections, readMs } = bounds
  const exchanges = new WeakMap<Duplex, Exchange>()
  server.maxConnections = maxConnections
  let refused = 0
  server.on('drop', () => {
    refused += 1
    // One log line per doubling, so that a flood of connections does not flood the log.
    if (Number.isInteger(Math.log2(refused)))
      log.warn({ maxConnections, refused }, 'too many connections, further ones are refused')
  })
  server.setTimeout(readMs, (socket) => {
    const exchange = exchanges.get(socket)
    // An incomplete body is handled by `requestTimeout`, and handlers have their own deadlines.
    if (exchange && !exchange.response.headersSent) socket.setTimeout(readMs)
    else socket.destroy()
  })
  return {
    of: (socket) => exchanges.get(socket),
    begin(exchange) {
      const { socket } = exchange.request
      exchanges.set(socket, exchange)
      exchange.response.once('close', () => {
        if (exchanges.get(socket) === exchange) exchanges.delete(socket)
      })
    },
  }
}

/**
 * Ends a response while its request's body is still arriving, and closes the connection. Input is discarded, within limits, until
 * the client has read the response: closing a connection with unread input can discard the response.
 */
export async function endEarly(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  { body, lingerMs, maxDiscardedBytes }: { body: string; lingerMs: number; maxDiscardedBytes: number },
): Promise<void> {
  const { socket } = request
  response.write(body)
  await new Promise<void>((resolve) => {
    let leftBytes = maxDiscardedBytes
    const timer = setTimeout(resolve, lingerMs)
    request.on('data', (chunk: Buffer) => {
      leftBytes -= chunk.length
      if (leftBytes < 0) resolve()
    })
    for (const event of ['end', 'error', 'close']) request.once(event, () => resolve())
    response.once('close', () => clearTimeout(timer))
  })
  request.pause()
  response.end(() => socket.destroy())
}

import { createServer } from 'node:http'

/** A worker whose last beat is older is alive but wedged. */
const wedgedAfterMs = 15_000

/**
 * Serves `/healthz` (the process lives) and `/readyz` (it reached the database lately) on the worker's own port.
 * Rejects when the port is taken.
 */
export async function startHealthServer(options: {
  port: number
  host: string
  lastBeatMs: () => number
}): Promise<{ stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isReady = performance.now() - options.lastBeatMs() < wedgedAfterMs
    const status =
      request.url === '/healthz' || (request.url === '/readyz' && isReady) ? 200 : request.url === '/readyz' ? 503 : 404
    response.writeHead(status, { 'content-type': 'text/plain' }).end(status === 200 ? 'ok\n' : 'no\n')
  })
  server.requestTimeout = 5000
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, options.host, resolve))
  return {
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

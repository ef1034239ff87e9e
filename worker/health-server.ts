import { createServer, type ServerResponse } from 'node:http'
import { withDeadline } from '@/lib/deadline'
import type { Logger } from '@/lib/logger'

/** Maximum age of the last heartbeat; above it the worker is alive but stuck. */
const maxHeartbeatAgeMs = 15_000

/** Maximum time for reading the metrics; a scraper gives up after 10 s. */
const metricsTimeoutMs = 8_000

/**
 * Serves `/healthz` (the process is alive), `/readyz` (its last heartbeat reached the database) and `/metrics` (Prometheus) on the
 * worker's own port. Rejects if the port is in use.
 */
export async function startHealthServer(options: {
  port: number
  host: string
  lastHeartbeatMs: () => number
  metrics: { contentType: string; read(): Promise<string> }
  log: Logger
}): Promise<{ stop(): Promise<void> }> {
  const { metrics, log } = options
  const isReady = () => performance.now() - options.lastHeartbeatMs() < maxHeartbeatAgeMs

  async function respondWithMetrics(response: ServerResponse): Promise<void> {
    try {
      const text = await withDeadline(metrics.read(), metricsTimeoutMs, () => {
        throw new Error(`the metrics took more than ${metricsTimeoutMs} ms`)
      })
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text)
    } catch (error) {
      log.warn({ err: error }, 'metrics not read')
      respond(response, 503)
    }
  }

  const server = createServer(({ url }, response) => {
    if (url === '/metrics') void respondWithMetrics(response)
    else if (url === '/healthz') respond(response, 200)
    else if (url === '/readyz') respond(response, isReady() ? 200 : 503)
    else respond(response, 404)
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

function respond(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(status === 200 ? 'ok\n' : 'no\n')
}

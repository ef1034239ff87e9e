import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { dialectOf } from '@/lib/http/dialect'
import { sharedWebHooks } from '@/lib/http/web-hooks'
import { hashToken } from '@/lib/secret'

export type WebMetrics = {
  /** Measures a request until its response has ended or its connection is closed. */
  observe(exchange: { response: ServerResponse; path: string }): void
  /** Responds with the metrics in Prometheus's format, or with 401 without the token. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** Creates the metrics of this web process, which only requests with the Bearer token read. */
export function createWebMetrics({ token }: { token: string }): WebMetrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'wxbot_web_' })
  const seconds = new Histogram({
    name: 'wxbot_web_request_seconds',
    help: 'Duration of requests to this web process, by format of the response and class of its status.',
    labelNames: ['format', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const waiters: Gauge = new Gauge({
    name: 'wxbot_web_queue_pool_waiting',
    help: 'Statements of this web process that wait for a connection of the pool of the queue in Postgres.',
    registers,
    collect: () => waiters.set(sharedWebHooks()?.countPoolWaiters() ?? 0),
  })
  const expected = Buffer.from(hashToken(token))
  const isAllowed = ({ headers }: IncomingMessage) => {
    const given = /^Bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim() ?? ''
    return timingSafeEqual(Buffer.from(hashToken(given)), expected)
  }
  return {
    observe({ response, path }) {
      const end = seconds.startTimer({ format: dialectOf(path) })
      response.once('close', () => end({ status: `${Math.floor(response.statusCode / 100)}xx` }))
    },
    async serve(request, response) {
      response.setHeader('Cache-Control', 'no-store')
      if (!isAllowed(request)) {
        response.writeHead(401, { 'WWW-Authenticate': 'Bearer', 'content-type': 'text/plain' }).end('no\n')
        return
      }
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
    },
  }
}

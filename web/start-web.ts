import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Env } from '@/lib/env'
import type { Logger } from '@/lib/logger'
import { apiRoutes } from '@/web/api-routes'
import { createPeerResolver } from '@/web/peer-resolver'
import { createApiServer } from '@/web/serve-api'
import { stopWeb } from '@/web/stop-web'
import { createThinServer } from '@/web/thin-server'
import { createWebMetrics } from '@/web/web-metrics'

export type RunningWeb = { port: number; stop(): Promise<void> }

/**
 * Listens, then starts Next behind the thin server; earlier requests wait until Next is ready.
 * @throws when the port is taken, or when the database or the queue does not respond.
 */
export async function startWeb({ env, log }: { env: Env; log: Logger }): Promise<RunningWeb> {
  const resolvePeer = createPeerResolver(env.TRUSTED_PROXIES)
  let prepared: Promise<void> | undefined
  const isDevelopment = env.NODE_ENV === 'development'
  const serveApi = createApiServer(apiRoutes)
  const server = createThinServer({
    resolvePeer,
    log,
    publicUrl: env.PUBLIC_URL,
    bounds: { maxConnections: env.MAX_CONNECTIONS },
    isDevelopment,
    metrics: env.METRICS_TOKEN ? createWebMetrics({ token: env.METRICS_TOKEN }) : null,
    handle: async (request, response, body) => {
      await prepared
      if (!(await serveApi(request, response, body))) await handleByNext(request, response)
    },
  })
  // Imported here, because Next reads NODE_ENV and the variables of next-auth when it loads.
  const { default: createNext } = await import('next')
  // Next handles the upgrades of the given server, otherwise those of the first socket. In production it gets a server that never listens.
  const httpServer = isDevelopment ? server : createServer()
  const next = createNext({ dev: isDevelopment, hostname: env.HOST, port: env.PORT, httpServer })
  const handleByNext = next.getRequestHandler()

  await listen(server, env)
  prepared = next.prepare()
  await prepared
  const { port } = server.address() as AddressInfo
  return { port, stop: () => stopWeb({ server, closeNext: () => next.close(), timeoutMs: env.STOP_TIMEOUT_MS }) }
}

async function listen(server: Server, { HOST, PORT }: Env): Promise<void> {
  server.listen(PORT, HOST)
  try {
    await once(server, 'listening')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const why =
      code === 'EADDRINUSE' ? 'is taken; set PORT to a free one' : `cannot be opened (${message}); see HOST and PORT`
    throw new Error(`Port ${PORT} on ${HOST} ${why}`, { cause })
  }
}

import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Env } from '@/lib/env'
import type { Logger } from '@/lib/logger'
import { createPeerResolver } from './peer-resolver'
import { stopWeb } from './stop-web'
import { createThinServer } from './thin-server'

export type RunningWeb = { port: number; stop(): Promise<void> }

/**
 * Listens, then starts Next behind the thin server; requests that come meanwhile wait for it.
 * @throws when the port is taken, in plain words, or when the database or the queue does not answer.
 */
export async function startWeb({ env, log }: { env: Env; log: Logger }): Promise<RunningWeb> {
  const resolvePeer = createPeerResolver(env.TRUSTED_PROXIES)
  let prepared: Promise<void> | undefined
  const server = createThinServer({
    resolvePeer,
    log,
    handle: async (request, response) => {
      await prepared
      await handleByNext(request, response)
    },
  })
  // Not at the top, because Next reads NODE_ENV and next-auth's variables when it loads.
  const { default: createNext } = await import('next')
  const isDevelopment = env.NODE_ENV === 'development'
  const next = createNext({ dev: isDevelopment, hostname: env.HOST, port: env.PORT, httpServer: server })
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

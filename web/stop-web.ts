import type { Server } from 'node:http'
import { sharedWebHooks } from '@/lib/http/web-hooks'

/**
 * Stops in order: no new connections; requests under way get a third of the time to end by themselves, then those that
 * wait for a worker are answered as at their deadline; then connections, Next, queue and database are closed.
 */
export async function stopWeb(options: {
  server: Server
  closeNext: () => Promise<void>
  timeoutMs: number
}): Promise<void> {
  const { server, closeNext, timeoutMs } = options
  const drained = new Promise<void>((resolve) => server.close(() => resolve()))
  await atMost(timeoutMs / 3, drained)
  const hooks = sharedWebHooks()
  await atMost(timeoutMs / 6, hooks?.settleWaits())
  await atMost(timeoutMs / 6, drained)
  server.closeAllConnections()
  await atMost(timeoutMs / 6, Promise.allSettled([hooks?.close(), closeNext()]))
}

async function atMost(timeoutMs: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, timeoutMs)))])
  clearTimeout(timer)
}

import type { Server } from 'node:http'
import { withDeadline } from '@/lib/deadline'
import { sharedWebHooks } from '@/lib/http/web-hooks'

/**
 * Stops in order: refuses new connections and ends the streams of open pages; gives running requests a third of the time to end; then ends waits for a worker as at
 * their deadlines; then closes connections, Next, queue and database.
 */
export async function stopWeb(options: {
  server: Server
  closeNext: () => Promise<void>
  timeoutMs: number
}): Promise<void> {
  const { server, closeNext, timeoutMs } = options
  const drained = new Promise<void>((resolve) => server.close(() => resolve()))
  const hooks = sharedWebHooks()
  hooks?.endStreams()
  await waitAtMost(timeoutMs / 3, drained)
  await waitAtMost(timeoutMs / 6, hooks?.settleWaits())
  await waitAtMost(timeoutMs / 6, drained)
  server.closeAllConnections()
  await waitAtMost(timeoutMs / 6, Promise.allSettled([hooks?.close(), closeNext()]))
}

async function waitAtMost(timeoutMs: number, work: Promise<unknown> | undefined): Promise<void> {
  await withDeadline(Promise.resolve(work), timeoutMs, () => undefined)
}

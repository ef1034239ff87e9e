import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'

import { waitFor } from '@/simulator/login/wait-for'
import type { Simulator } from '@/simulator/protocol/context'

const quietMs = 15_000
const gatherMs = 40

/** Streams the world's revision at once and after each change; changes within 40 ms are merged into one event. */
export function eventStream({ world }: Simulator): Handler {
  return (c) =>
    streamSSE(c, async (stream) => {
      const controller = new AbortController()
      let isOver = false
      const end = () => {
        isOver = true
        controller.abort()
      }
      stream.onAbort(end)
      world.events.once('stop', end)
      let sentRevision = -1
      while (!isOver) {
        if (sentRevision !== world.revision) {
          sentRevision = world.revision
          await stream.writeSSE({ event: 'change', data: JSON.stringify({ revision: sentRevision }) })
          await stream.sleep(gatherMs)
          continue
        }
        await waitFor(world, 'change', { timeoutMs: quietMs, signal: controller.signal })
        if (sentRevision === world.revision && !isOver) await stream.write(': still here\n\n')
      }
      world.events.off('stop', end)
    })
}

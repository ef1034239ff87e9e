import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'

import { waitFor } from '../login/wait-for'
import type { Simulator } from '../protocol/context'

const quietMs = 15_000
const gatherMs = 40

/** Tells a page the world's revision at once and after each change; changes that come close together are told once. */
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
      let told = -1
      while (!isOver) {
        if (told !== world.revision) {
          told = world.revision
          await stream.writeSSE({ event: 'change', data: JSON.stringify({ revision: told }) })
          await stream.sleep(gatherMs)
          continue
        }
        await waitFor(world, 'change', { timeoutMs: quietMs, signal: controller.signal })
        if (told === world.revision && !isOver) await stream.write(': still here\n\n')
      }
      world.events.off('stop', end)
    })
}

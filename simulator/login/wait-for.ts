import type { World } from '@/simulator/world/world'

/** Waits until the event is emitted, the simulator stops, the client disconnects (`signal`) or the timeout ends. */
export function waitFor(
  world: World,
  event: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      world.events.off(event, end).off('stop', end)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, timeoutMs)
    world.events.on(event, end).on('stop', end)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}

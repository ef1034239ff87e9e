'use client'

import { useSyncExternalStore } from 'react'
import { useNow } from 'use-intl'

const tickMs = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = Date.now()

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, tickMs)
  if (Date.now() - now > tickMs) queueMicrotask(tick)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The time, once a second for all who look; while React takes over it is the server's, so that both write the same. */
export function useClock(): number {
  const serverNow = useNow().getTime()
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => serverNow,
  )
}

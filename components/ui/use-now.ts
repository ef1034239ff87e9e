'use client'

import { useSyncExternalStore } from 'react'
import { useNow as useServerNow } from 'use-intl'

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

/** Returns the current time, updated once per second for all consumers; during hydration it is the server's, so that both render the same. */
export function useNow(): number {
  const serverNow = useServerNow().getTime()
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => serverNow,
  )
}

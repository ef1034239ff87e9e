'use client'

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // Other windows of this browser follow.
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Returns a choice stored in this browser; the first value if none is stored. */
export function readPersistedChoice<Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value {
  const stored = localStorage.getItem(`wxbot-${name}`)
  return values.find((value) => value === stored) ?? values[0]
}

/** Stores a choice in this browser and updates everything that shows it. */
export function persistChoice(name: string, value: string): void {
  localStorage.setItem(`wxbot-${name}`, value)
  for (const listener of listeners) listener()
}

/** Returns a choice stored in this browser; the first value until hydration. `values` is a module constant. */
export function usePersistedChoice<Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value {
  return useSyncExternalStore(
    subscribe,
    () => readPersistedChoice(name, values),
    () => values[0],
  )
}

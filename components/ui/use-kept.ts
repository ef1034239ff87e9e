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

/** Reads a choice that this browser keeps; the first value where it has made none. */
export function readKept<Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value {
  const kept = localStorage.getItem(`wxbot-${name}`)
  return values.find((value) => value === kept) ?? values[0]
}

/** Keeps a choice in this browser; everything that shows it changes at once. */
export function keep(name: string, value: string): void {
  localStorage.setItem(`wxbot-${name}`, value)
  for (const listener of listeners) listener()
}

/** A choice that this browser keeps; the first value until the browser has taken over. `values` is a constant of the module. */
export function useKept<Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value {
  return useSyncExternalStore(
    subscribe,
    () => readKept(name, values),
    () => values[0],
  )
}

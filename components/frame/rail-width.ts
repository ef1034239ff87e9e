const storageKey = 'wxbot-rail'
const listeners = new Set<() => void>()

/** Tells whether this viewer has collapsed the rail. */
export function isRailNarrow(): boolean {
  return localStorage.getItem(storageKey) === 'narrow'
}

export function toggleRail(): void {
  localStorage.setItem(storageKey, isRailNarrow() ? 'wide' : 'narrow')
  for (const listener of listeners) listener()
}

export function onRailChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

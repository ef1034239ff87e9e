'use client'

import { usePathname } from 'next/navigation'
import { useSyncExternalStore } from 'react'

export type Panel = 'commands' | 'shortcuts' | 'robot' | 'application'

/** `path`: it closes by itself where another page opens. */
let open: { panel: Panel; path: string } | null = null
const listeners = new Set<() => void>()

function put(next: typeof open): void {
  open = next
  for (const listener of listeners) listener()
}

/** Opens a panel that is to be had on every page, in place of the one that is open. */
export function openPanel(panel: Panel): void {
  put({ panel, path: location.pathname })
}

export function closePanel(): void {
  put(null)
}

/** Tells which panel is open. */
export function usePanel(): Panel | null {
  const pathname = usePathname()
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => open,
    () => null,
  )
  return shown?.path === pathname ? shown.panel : null
}

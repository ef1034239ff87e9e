'use client'

import { usePathname } from 'next/navigation'
import { useSyncExternalStore } from 'react'

export type Panel = 'commands' | 'shortcuts' | 'robot' | 'application'

/** `path`: the panel closes when another page opens. */
let open: { panel: Panel; path: string } | null = null
const listeners = new Set<() => void>()

function setOpen(next: typeof open): void {
  open = next
  for (const listener of listeners) listener()
}

/** Opens a panel that every page offers, and closes the current one. */
export function openPanel(panel: Panel): void {
  setOpen({ panel, path: location.pathname })
}

export function closePanel(): void {
  setOpen(null)
}

/** Returns the open panel. */
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

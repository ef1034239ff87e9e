'use client'

import { usePathname, useSearchParams } from 'next/navigation'

/** Stores a filter in the URL, so that it can be linked and restored; "": no filter. */
export function useFilter(name: string): [string, (value: string) => void] {
  const params = useSearchParams()
  const pathname = usePathname()
  const set = (value: string) => {
    const next = new URLSearchParams(location.search)
    if (value) next.set(name, value)
    else next.delete(name)
    const query = next.toString()
    // Next.js follows the browser's history here, without requesting the page again.
    window.history.replaceState(null, '', query ? `${pathname}?${query}` : pathname)
  }
  return [params.get(name) ?? '', set]
}

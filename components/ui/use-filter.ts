'use client'

import { usePathname, useSearchParams } from 'next/navigation'

/** A filter that lives in the address bar, so that it can be linked, kept and gone back to; "" is no filter. */
export function useFilter(name: string): [string, (value: string) => void] {
  const params = useSearchParams()
  const pathname = usePathname()
  const set = (value: string) => {
    const next = new URLSearchParams(location.search)
    if (value) next.set(name, value)
    else next.delete(name)
    const query = next.toString()
    // Next follows the browser's own history here, without asking the server for the page again.
    window.history.replaceState(null, '', query ? `${pathname}?${query}` : pathname)
  }
  return [params.get(name) ?? '', set]
}

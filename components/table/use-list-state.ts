'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { type ListParams, pickListParams } from '@/components/queries/list-params'

/** What a list shows now, kept in the address bar: it can be linked, kept and gone back to. */
export type ListState = {
  params: ListParams
  page: number
  /** `name` or `-name`; "" = as the server likes. */
  sort: string
  isFiltered: boolean
  /** How many filters are set, the search text left out. */
  filterCount: number
  /** The value of a filter; "" = none. */
  get(name: string): string
  /** Changes filters or the order; the first page again. */
  set(change: Record<string, string>): void
  setPage(page: number): void
  /** Without any filter. */
  clear(): void
}

/** Reads a list's state from the address bar; `names` are its filters beside `q`, `sort` and `page` (a constant of the module). */
export function useListState(names: readonly string[]): ListState {
  const search = useSearchParams()
  const pathname = usePathname()
  return useMemo(() => {
    const params = pickListParams(search, names)
    const write = (change: Record<string, string>, how: 'pushState' | 'replaceState') => {
      const next = new URLSearchParams(location.search)
      for (const [name, value] of Object.entries(change)) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      const query = next.toString()
      // Next follows the browser's own history here, without asking the server for the page again.
      window.history[how](null, '', query ? `${pathname}?${query}` : pathname)
    }
    const filters = [...names, 'q']
    return {
      params,
      page: Math.max(1, Number(params['page']) || 1),
      sort: params['sort'] ?? '',
      isFiltered: filters.some((name) => name in params),
      filterCount: names.filter((name) => name in params).length,
      get: (name) => params[name] ?? '',
      set: (change) => write({ ...change, page: '' }, 'replaceState'),
      setPage(page) {
        write({ page: page > 1 ? String(page) : '' }, 'pushState')
        window.scrollTo({ top: 0 })
      },
      clear: () => write({ ...Object.fromEntries(filters.map((name) => [name, ''])), page: '' }, 'replaceState'),
    }
  }, [search, pathname, names])
}

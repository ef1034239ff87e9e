'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { type ListParams, pickListParams } from '@/components/queries/list-params'

/** The state of a list, stored in the URL so that it can be linked and restored. */
export type ListState = {
  params: ListParams
  page: number
  /** `name` or `-name`; "": the default order. */
  sort: string
  isFiltered: boolean
  /** The number of active filters, without the search text. */
  filterCount: number
  /** Returns the value of a filter; "": not set. */
  get(name: string): string
  /** Changes filters or the order, and returns to the first page. */
  set(change: Record<string, string>): void
  setPage(page: number): void
  /** Clears all filters and the search text. */
  clear(): void
}

/** Reads the state of a list from the URL. `names`: its filters except `q`, `sort` and `page`, in a stable array. */
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
      // Next follows the browser's history here without requesting the page from the server again.
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

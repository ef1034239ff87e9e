import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'

export type Entry = [query: { queryKey: QueryKey }, data: unknown]

/** Puts what the server has read already where the queries below look for it, so that a page opens with its data. */
export function Prefetch({ entries, children }: { entries: Entry[]; children: ReactNode }) {
  const client = new QueryClient()
  for (const [{ queryKey }, data] of entries) client.setQueryData(queryKey, data)
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}

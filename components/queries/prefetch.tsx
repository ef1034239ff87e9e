import { type DataTag, dehydrate, HydrationBoundary, QueryClient, type QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'

export type DataOf<Query> = Query extends { queryKey: DataTag<unknown, infer Data, unknown> } ? Data : never

/** Data that the server has read for a query; `prefetched` makes it. */
export type Entry = { queryKey: QueryKey; data: unknown }

/** Pairs a query with the data that the server has read for it. */
export function prefetched<Query extends { queryKey: QueryKey }>({ queryKey }: Query, data: DataOf<Query>): Entry {
  return { queryKey, data }
}

/** Puts data that the server has read into the cache of the queries below, so that a page opens with its data. */
export function Prefetch({ entries, children }: { entries: Entry[]; children: ReactNode }) {
  const client = new QueryClient()
  for (const { queryKey, data } of entries) client.setQueryData(queryKey, data)
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}

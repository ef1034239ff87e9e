import type { QueryKey } from '@tanstack/react-query'
import type { z } from 'zod'
import { type DataOf, type Entry, prefetched } from '@/components/queries/prefetch'
import type { ListParams } from '@/components/queries/list-params'

/** Reads the first page of a list. Returns nothing for invalid parameters: the browser requests them and shows the error. */
export async function listEntry<Query extends { queryKey: QueryKey }, Filters>(
  query: Query,
  schema: z.ZodType<Filters>,
  params: ListParams,
  read: (filters: Filters) => Promise<DataOf<Query>>,
): Promise<Entry[]> {
  const filters = schema.safeParse(params)
  return filters.success ? [prefetched(query, await read(filters.data))] : []
}

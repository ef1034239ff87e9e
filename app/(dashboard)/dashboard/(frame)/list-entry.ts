import type { z } from 'zod'
import type { Entry } from '@/components/queries/prefetch'
import type { ListParams } from '@/components/queries/list-params'

/** Reads a list's page for its first showing; an address with nonsense in it is left for the browser to ask, and be told. */
export async function listEntry<Asked>(
  query: Entry[0],
  schema: z.ZodType<Asked>,
  params: ListParams,
  read: (asked: Asked) => Promise<unknown>,
): Promise<Entry[]> {
  const asked = schema.safeParse(params)
  return asked.success ? [[query, await read(asked.data)]] : []
}

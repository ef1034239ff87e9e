import { z } from 'zod'
import { type Page, pageSize } from '@/lib/paging'

const page = z.coerce.number().int().min(1).max(100_000).default(1)
/** The search text of a list; undefined: none. */
export const searchText = z
  .string()
  .max(100)
  .transform((text) => text.trim() || undefined)
  .optional()

/** Returns the schema of a list query: page, search text, and the filters of the list, all optional. */
export function listQuery<Filters extends z.ZodRawShape>(filters: Filters) {
  return z.object({ page, q: searchText, ...filters })
}

/** Returns the schema of a sort parameter: `name`, or `-name` for descending order. */
export function sortQuery<Key extends string>(keys: readonly Key[], fallback: Key | `-${Key}`) {
  const known = keys.flatMap((key) => [key, `-${key}` as const])
  return z
    .string()
    .refine((text) => known.includes(text as Key))
    .default(fallback)
    .transform((text) => ({ by: text.replace(/^-/, '') as Key, isDescending: text.startsWith('-') }))
}

/** Converts a page number, from 1, to the offset and limit of its rows. */
export function rowsOf(query: { page: number }): Page {
  return { offset: (query.page - 1) * pageSize, limit: pageSize }
}

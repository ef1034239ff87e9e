import { z } from 'zod'
import { type Page, pageSize } from '@/lib/paging'

const page = z.coerce.number('page 应为数字').int('page 应为整数').min(1, 'page 从 1 开始').max(100_000).default(1)
const search = z
  .string()
  .max(100, 'q 不能超过 100 个字符')
  .transform((text) => text.trim() || undefined)
  .optional()

/** Returns the schema of a list query: page, search text, and the filters of the list, all optional. */
export function listQuery<Filters extends z.ZodRawShape>(filters: Filters) {
  return z.object({ page, q: search, ...filters })
}

/** Returns the schema of a sort parameter: `name`, or `-name` for descending order. */
export function sortQuery<Key extends string>(keys: readonly Key[], fallback: Key | `-${Key}`) {
  const known = keys.flatMap((key) => [key, `-${key}` as const])
  return z
    .string()
    .refine((text) => known.includes(text as Key), 'sort 不是可以排序的列')
    .default(fallback)
    .transform((text) => ({ by: text.replace(/^-/, '') as Key, isDescending: text.startsWith('-') }))
}

/** Converts a page number, from 1, to the offset and limit of its rows. */
export function rowsOf(query: { page: number }): Page {
  return { offset: (query.page - 1) * pageSize, limit: pageSize }
}

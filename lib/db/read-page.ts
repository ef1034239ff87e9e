import { count, type SQL, sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { maxCounted, type Page, type Paged } from '@/lib/paging'
import type { Db } from '@/lib/db/client'

/**
 * Returns one page of a query's rows and their total, counted up to `maxCounted` + 1. `select` receives which rows are needed,
 * nothing if they are only counted.
 */
export async function readPage<Query extends PgSelect>(
  db: Db,
  select: (first?: { count: number; orderBy: SQL[] }) => Query,
  page: Page & { orderBy: SQL[] },
): Promise<Paged<Awaited<Query>[number]>> {
  const { offset, limit, orderBy } = page
  const counted = select()
    .limit(maxCounted + 1)
    .getSQL()
  const rows = select({ count: offset + limit, orderBy })
    .orderBy(...orderBy)
    .limit(limit)
    .offset(offset)
  const pageRows = await rows
  // The last page states the total. A search that few rows match is read once then, not twice.
  if (pageRows.length < limit && (pageRows.length > 0 || offset === 0))
    return { rows: pageRows, total: Math.min(offset + pageRows.length, maxCounted + 1) }
  const [all] = await db.select({ total: count() }).from(sql`(${counted}) counted`)
  return { rows: pageRows, total: all?.total ?? 0 }
}

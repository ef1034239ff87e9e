import { count, type SQL, sql } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import { maxCounted, type Page, type Paged } from '@/lib/paging'
import type { Db } from './client'

/** Reads a page of what `select` finds, in this order, and counts the whole of it, up to `maxCounted` + 1. */
export async function readPage<Query extends PgSelect>(
  db: Db,
  select: () => Query,
  page: Page & { orderBy: SQL[] },
): Promise<Paged<Awaited<Query>[number]>> {
  const { offset, limit, orderBy } = page
  const counted = select()
    .limit(maxCounted + 1)
    .getSQL()
  const rows = select()
    .orderBy(...orderBy)
    .limit(limit)
    .offset(offset)
  const [found, [all]] = await Promise.all([rows, db.select({ total: count() }).from(sql`(${counted}) counted`)])
  return { rows: found, total: all?.total ?? 0 }
}

import type { Client } from 'pg'
import type { ArchiveHeader, ArchiveManifest } from '@/lib/backup/archive-format'
import { quoteNames } from '@/lib/backup/run-transaction'
import { sealedColumns } from '@/lib/sealed/sealed-columns'

/** Lists our tables in alphabetical order with the columns that hold data. The queue's tables only repeat what ours say. */
export async function readTables(client: Client): Promise<ArchiveHeader['tables']> {
  const { rows } = await client.query<ArchiveHeader['tables'][number]>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by c.relname order by c.relname`)
  return rows
}

/** Returns the latest migration of the database; null: it was never migrated. */
export async function readMigration(client: Client): Promise<ArchiveHeader['migration'] | null> {
  const { rows: tables } = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as name`)
  if (!tables[0]?.name) return null
  const { rows } = await client.query<ArchiveHeader['migration']>(`
    select hash, (count(*) over ())::int as count from drizzle.__drizzle_migrations order by created_at desc limit 1`)
  return rows[0] ?? null
}

/** Returns the position of each sequence, which is never behind the rows of a snapshot that is older than this call. */
export async function readSequences(client: Client): Promise<ArchiveManifest['sequences']> {
  const { rows } = await client.query<ArchiveManifest['sequences'][number]>(`
    select sequencename as name, coalesce(last_value, start_value)::text as "lastValue", last_value is not null as "isCalled"
      from pg_sequences where schemaname = 'public' order by sequencename`)
  return rows
}

/** Counts the sealed secrets by the id of the key that sealed them. */
export async function readKeys(client: Client): Promise<ArchiveHeader['keys']> {
  const columns = sealedColumns.map(
    ({ table, column }) => `select ${quoteNames([column])} as sealed from ${quoteNames([table])}`,
  )
  const { rows } = await client.query<ArchiveHeader['keys'][number]>(`
    select split_part(sealed, '.', 1) as "keyId", count(*)::int as count from (${columns.join(' union all ')}) as secrets
      where sealed like '%.%' group by 1 order by 1`)
  return rows
}

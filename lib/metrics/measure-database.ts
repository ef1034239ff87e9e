import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

export const keptKinds = [
  'messages',
  'callback_events',
  'callback_attempts',
  'media',
  'session_changes',
  'audit_entries',
] as const
export type KeptKind = (typeof keptKinds)[number]

export type DatabaseSize = {
  version: string
  sizeBytes: number
  /** With indexes; `rowCount` is as the database last estimated it, null = never yet. */
  kinds: { kind: KeptKind; rowCount: number | null; sizeBytes: number }[]
}

/** Tells the database's version, and how much room it and the kinds of rows that grow take. */
export async function measureDatabase(db: Db): Promise<DatabaseSize> {
  const [whole] = await db.execute<{ version: string; sizeBytes: number }>(sql`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as "sizeBytes"`)
  const kinds = await db.execute<{ kind: KeptKind; rowCount: number | null; sizeBytes: number }>(sql`
    select relname as kind, nullif(greatest(reltuples, -1), -1)::float8 as "rowCount",
        pg_total_relation_size(oid)::float8 as "sizeBytes"
      from pg_class
      where relnamespace = 'public'::regnamespace and relname in ${[...keptKinds]}`)
  return { version: whole?.version ?? '', sizeBytes: whole?.sizeBytes ?? 0, kinds: [...kinds] }
}

import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

export const retentionKinds = [
  'messages',
  'callback_events',
  'callback_attempts',
  'media',
  'session_changes',
  'audit_entries',
  'qun_visits',
  'sign_in_failures',
] as const
export type RetentionKind = (typeof retentionKinds)[number]

export type DatabaseSize = {
  version: string
  sizeBytes: number
  /** Sizes include indexes. `rowCount` is the database's last estimate; null: not estimated yet. */
  kinds: { kind: RetentionKind; rowCount: number | null; sizeBytes: number }[]
}

/** Returns the version and size of the database, and the sizes of the tables that grow. */
export async function measureDatabase(db: Db): Promise<DatabaseSize> {
  const [whole] = await db.execute<{ version: string; sizeBytes: number }>(sql`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as "sizeBytes"`)
  const kinds = await db.execute<{ kind: RetentionKind; rowCount: number | null; sizeBytes: number }>(sql`
    select relname as kind, nullif(greatest(reltuples, -1), -1)::float8 as "rowCount",
        pg_total_relation_size(oid)::float8 as "sizeBytes"
      from pg_class
      where relnamespace = 'public'::regnamespace and relname in ${[...retentionKinds]}`)
  return { version: whole?.version ?? '', sizeBytes: whole?.sizeBytes ?? 0, kinds: [...kinds] }
}

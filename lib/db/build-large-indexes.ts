import { readMigrationFiles } from 'drizzle-orm/migrator'
import postgres, { type Sql } from 'postgres'

/** `-- concurrently: name` above `CREATE INDEX IF NOT EXISTS`; `scripts/check-migrations.mjs` requires it for large tables. */
const mark = /^\s*--\s*concurrently:\s*"?(\w+)"?\s*$/m

/** A table or column that does not exist yet: the migration itself creates it and then has few rows to index. */
const notYetThere = new Set(['42P01', '42703', '42883'])

/**
 * Builds the marked indexes of the pending migrations while reads and writes of their tables continue. A migration is one transaction,
 * which cannot do that; it then finds the index. Can be repeated after a failure.
 */
export async function buildLargeIndexes(sql: Sql, { migrationsFolder }: { migrationsFolder: string }): Promise<void> {
  const appliedAt = await readAppliedAt(sql)
  if (appliedAt === null) return
  const pending = readMigrationFiles({ migrationsFolder }).filter(({ folderMillis }) => folderMillis > appliedAt)
  for (const statement of pending.flatMap((migration) => migration.sql)) {
    const name = mark.exec(statement)?.[1]
    if (name) await buildIndex(sql, name, statement)
  }
}

/** Returns the time of the latest applied migration; null: none. */
async function readAppliedAt(sql: Sql): Promise<number | null> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`
  if (!table?.['name']) return null
  const [latest] = await sql<{ at: string | null }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`
  return latest?.at ? Number(latest.at) : null
}

async function buildIndex(sql: Sql, name: string, statement: string): Promise<void> {
  // A build that was interrupted leaves an index that no query uses.
  const [broken] = await sql`
    select 1 from pg_index where indexrelid = to_regclass(${`public.${name}`}) and not indisvalid`
  if (broken) await sql`drop index concurrently if exists ${sql(name)}`
  const concurrent = statement.replace(/\bindex\s+if\s+not\s+exists\b/i, 'INDEX CONCURRENTLY IF NOT EXISTS')
  try {
    await sql.unsafe(concurrent)
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && notYetThere.has(error.code))) throw error
  }
}

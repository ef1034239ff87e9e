import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase, PgTransaction } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { collectWakes, type WakeListener } from '@/lib/db/after-commit'
import { runBeforeCommit } from '@/lib/db/before-commit'
import { guardTransactions } from '@/lib/db/guard-transactions'
import { hideValuesInErrors } from '@/lib/db/hide-values'
import { prepareStatements } from '@/lib/db/prepare-statements'

type NoSchema = Record<string, never>
/** A transaction: the first argument of a verb that must be atomic. */
export type Tx = PgTransaction<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>
/** A database or a transaction: the first argument of each verb. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>

export type DatabaseConnection = {
  db: Db
  sql: postgres.Sql
  /** Sets who gets the wakes that follow a commit. */
  onCommit(listener: WakeListener): void
  close(): Promise<void>
}

/**
 * Opens a Postgres pool, which connects at the first query. Timeouts: 30 s per statement, 10 s per connection attempt. A
 * transaction that is idle for 10 s is rolled back, so that a frozen process does not keep its locks. A lost connection is
 * reopened within 1 s. Repeated statements are prepared unless `isPreparing` is false, which a transaction-mode pooler needs.
 */
export function connectDatabase(
  url: string,
  options: { maxConnections?: number; name?: string; isPreparing?: boolean } = {},
): DatabaseConnection {
  const sql = postgres(url, {
    max: options.maxConnections ?? 10,
    connect_timeout: 10,
    backoff: (attempt) => Math.min(1, 0.1 * attempt),
    onnotice: () => {},
    connection: {
      application_name: options.name ?? 'wxbot',
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  })
  guardTransactions(sql)
  hideValuesInErrors()
  const db: Db = drizzle(sql)
  if (options.isPreparing ?? true) prepareStatements(db)
  // First, so that wakes registered before the commit are collected too.
  runBeforeCommit(db)
  return { db, sql, onCommit: collectWakes(db), close: () => sql.end({ timeout: 5 }) }
}

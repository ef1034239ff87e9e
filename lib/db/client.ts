import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase, PgTransaction } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { guardTransactions } from './guard-transactions'

type NoSchema = Record<string, never>
/** A transaction; what must happen as one takes it as its first argument. */
export type Tx = PgTransaction<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>
/** A database or a transaction: the first argument of each verb. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>

export type DatabaseConnection = { db: Db; sql: postgres.Sql; close(): Promise<void> }

/**
 * Opens a pool on Postgres; connects at the first query.
 * A statement is given 30 s, a connection attempt 10 s; a transaction whose process falls silent for 10 s is rolled back, so that nobody
 * waits for the locks of a frozen one; a lost connection is opened again at most a second later.
 */
export function connectDatabase(
  url: string,
  options: { maxConnections?: number; name?: string } = {},
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
  return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) }
}

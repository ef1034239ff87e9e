import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations } from 'bullmq'
import { Client } from 'pg'
import postgres from 'postgres'
import { buildLargeIndexes } from '@/lib/db/build-large-indexes'
import { sleep } from '@/lib/retry'

/** Advisory lock key (`WXBT` in ASCII): one migration at a time, even if several processes start together. */
export const migrationLock = 0x57584254

/** Pause between two attempts to take the lock. */
const retryMs = 200

/**
 * Maximum wait for the lock of a table: every statement that comes later waits behind it. Less than Postgres's `deadlock_timeout`
 * (1 s), so that the migration gives way before it could become the cause of a deadlock in a running process.
 */
const tableLockMs = 500
/** Time in which the tables have to become free, such as the end of a backup. */
const tablesFreeWithinMs = 600_000
const tablesRetryMs = 1000

/** The lock of a table was not free, or two processes waited for each other. */
const busyCodes = new Set(['55P03', '40P01'])

/**
 * Migrates our tables and those of the queue (schema `bullmq`). Concurrent calls wait for each other. Running processes wait for a
 * maximum of `tableLockMs` and for the migration itself; a migration that finds a table in use is rolled back and tried again.
 * @throws when the tables are in use for ten minutes
 */
export async function migrateDatabase(url: string, migrationsFolder = 'drizzle'): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    await takeLock(sql)
    await buildLargeIndexes(sql, { migrationsFolder })
    await migrateTables(sql, migrationsFolder)
    await migrateQueue(url)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function migrateTables(sql: postgres.Sql, migrationsFolder: string): Promise<void> {
  const deadlineMs = performance.now() + tablesFreeWithinMs
  await sql`select set_config('lock_timeout', ${`${tableLockMs}ms`}, false)`
  for (;;) {
    try {
      return await migrate(drizzle(sql), { migrationsFolder })
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadlineMs) throw error
    }
    await sleep(tablesRetryMs)
  }
}

function isBusy(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return busyCodes.has(code ?? '') || (cause !== undefined && isBusy(cause))
}

async function migrateQueue(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await runMigrations(client)
  } finally {
    await client.end()
  }
}

/** Waits between two attempts: a statement that waits for the lock would block the concurrent build of an index, which waits for it. */
async function takeLock(sql: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await sql`select pg_try_advisory_lock(${migrationLock}) as "isTaken"`
    if (row?.['isTaken']) return
    await sleep(retryMs)
  }
}

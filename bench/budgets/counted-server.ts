import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { startEmbeddedPostgres } from '@/scripts/embedded-postgres.mjs'

/** The work of Postgres per unit: statements, and transactions that wrote, each of which ends with a flush of the log. */
export type Cost = {
  statements: number
  commits: number
  /** Each statement with its calls per unit. */ report: string
}

export type CountedServer = {
  url: string
  /** Runs `act`, which does `units` units of work, and returns the cost per unit. */
  count(units: number, act: () => Promise<unknown>): Promise<Cost>
  stop(): Promise<void>
}

/**
 * Starts a migrated Postgres of its own, whose statistics count nothing but the product: no other test runs on it, and it does
 * not vacuum.
 */
export async function startCountedServer(): Promise<CountedServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-budgets-'))
  const settings = {
    shared_preload_libraries: 'pg_stat_statements',
    autovacuum: 'off',
    fsync: 'off',
    full_page_writes: 'off',
  }
  const server = await startEmbeddedPostgres({ dataDir, password: 'budgets', settings })
  const admin = postgres(server.url, { max: 1, onnotice: () => {} })
  await admin`create extension pg_stat_statements`
  await admin`create database product`
  const url = new URL(server.url)
  url.pathname = 'product'
  await migrateDatabase(url.href)

  /** The statistics count only the first run of a prepared `commit`, so each `begin` stands for its end too. */
  const readStatements = () => admin<{ query: string; calls: number }[]>`
    select query, sum(case when query = 'begin' then 2 * calls else calls end)::int as calls from pg_stat_statements
      where dbid = (select oid from pg_database where datname = 'product') and query not in ('commit', 'rollback')
      group by query order by calls desc`
  /** A transaction gets its number with its first write. */
  const readTransactionNumber = async () =>
    Number((await admin`select pg_snapshot_xmax(pg_current_snapshot())::text as number`)[0]?.number)

  return {
    url: url.href,
    async count(units, act) {
      const before = await readTransactionNumber()
      await admin`select pg_stat_statements_reset()`
      await act()
      const statements = await readStatements()
      const commits = ((await readTransactionNumber()) - before) / units
      const calls = statements.reduce((sum, statement) => sum + statement.calls, 0)
      const lines = statements.map(
        (statement) =>
          `${(statement.calls / units).toFixed(2)} ${statement.query.replaceAll(/\s+/g, ' ').slice(0, 200)}`,
      )
      return { statements: calls / units, commits, report: lines.join('\n') }
    },
    async stop() {
      await admin.end()
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { fillDatabase } from '@/bench/dashboard/fill-database'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { startEmbeddedPostgres } from '@/scripts/embedded-postgres.mjs'

// `npx tsx bench/database-size.ts [rows]`: what a message and a callback with one attempt take in Postgres, with all indexes.
const rows = Number(process.argv[2] ?? 100_000)
const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-size-'))
const server = await startEmbeddedPostgres({ dataDir, password: 'bench' })
try {
  await migrateDatabase(server.url)
  const sql = postgres(server.url, { max: 1, onnotice: () => {} })
  await fillDatabase(sql, { robots: 1000, messages: rows, events: rows, applications: 20 })
  const sizes = await sql<{ name: string; bytes: string }[]>`
    select relname as name, pg_total_relation_size(oid) as bytes from pg_class
      where relname in ('messages', 'callback_events', 'callback_attempts') order by relname`
  for (const { name, bytes } of sizes) console.log(`${name}: ${Math.round(Number(bytes) / rows)} bytes a row`)
  await sql.end()
} finally {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

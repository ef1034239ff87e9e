import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { startEmbeddedPostgres } from '@/scripts/embedded-postgres.mjs'

/** A Postgres of its own with our tables, as durable as `npm start`'s; `close` removes it. */
export async function openDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wxbot-bench-'))
  const server = await startEmbeddedPostgres({ dataDir, password: 'bench' })
  await migrateDatabase(server.url)
  return {
    url: server.url,
    async close() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

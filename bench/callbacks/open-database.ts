import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { startEmbeddedPostgres } from '@/scripts/embedded-postgres.mjs'

/** Starts a temporary Postgres with our tables and the durability settings of `npm start`; `close` deletes it. */
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

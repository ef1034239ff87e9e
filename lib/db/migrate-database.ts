import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations } from 'bullmq'
import { Client } from 'pg'
import postgres from 'postgres'

/** Advisory lock key (`WXBT` in ASCII): one migration at a time, even if several processes start together. */
const migrationLock = 0x57584254

/** Migrates our tables and those of the queue (schema `bullmq`). Concurrent calls wait for each other. */
export async function migrateDatabase(url: string, migrationsFolder = 'drizzle'): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await migrate(drizzle(sql), { migrationsFolder })
    await migrateQueue(url)
  } finally {
    await sql.end({ timeout: 5 })
  }
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

import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { connectDatabase, type DatabaseConnection } from '@/lib/db/client'
import { migrateDatabase } from '@/lib/db/migrate-database'

export type TestDatabase = Pick<DatabaseConnection, 'db' | 'sql' | 'onCommit'> & { url: string; drop(): Promise<void> }

/**
 * Creates a migrated, empty database for one test file (about 40 ms); `drop` closes its connections and removes it.
 * With `migrationsFolder` it has only the migrations of that folder.
 */
export async function createTestDatabase({
  migrationsFolder,
}: { migrationsFolder?: string } = {}): Promise<TestDatabase> {
  const { adminUrl, templateName } = inject('testServer')
  const name = `wxbot_test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, `create database ${name} template ${migrationsFolder ? 'template0' : templateName}`)
  const url = new URL(adminUrl)
  url.pathname = name
  if (migrationsFolder) await migrateDatabase(url.href, migrationsFolder)
  const { db, sql, onCommit, close } = connectDatabase(url.href)
  const drop = async () => {
    await close()
    await asAdmin(adminUrl, `drop database ${name} with (force)`)
  }
  return { url: url.href, db, sql, onCommit, drop }
}

async function asAdmin(adminUrl: string, statement: string) {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  await admin.unsafe(statement)
  await admin.end()
}

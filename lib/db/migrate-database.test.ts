import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrateDatabase } from '@/lib/db/migrate-database'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

const folder = mkdtempSync(join(tmpdir(), 'wxbot-migrations-'))
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  cpSync('drizzle', folder, { recursive: true })
  const journalPath = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(journalPath, 'utf8')) as { entries: object[] }
  const tag = '9999_index_messages'
  journal.entries.push({ idx: 9999, version: '7', when: Date.now() + 86_400_000_000, tag, breakpoints: true })
  writeFileSync(journalPath, JSON.stringify(journal))
  const statements = [
    '-- concurrently: messages_by_type\nCREATE INDEX IF NOT EXISTS "messages_by_type" ON "messages" ("type");',
    'CREATE TABLE "later" ("id" text);',
    '-- concurrently: later_id\nCREATE INDEX IF NOT EXISTS "later_id" ON "later" ("id");',
  ]
  writeFileSync(join(folder, `${tag}.sql`), statements.join('--> statement-breakpoint\n'))
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const indexes = () => database.sql`
  select c.relname as name, i.indisvalid as "isValid" from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname in ('messages_by_type', 'later_id') order by 1`

it('a marked index of a large table is built while another transaction writes to the table', async () => {
  const { sql } = database
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => (release = resolve))
  // A plain build waits for this transaction, and every later write waits for the build.
  const writing = sql.begin(async (tx) => {
    await tx`lock table messages in row exclusive mode`
    await isReleased
  })
  // The second one waits for the first and must not block it.
  const migrating = Promise.all([migrateDatabase(database.url, folder), migrateDatabase(database.url, folder)])
  const building = async () => {
    const [row] = await sql`
      select 1 from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and query ilike '%index concurrently%'`
    return row !== undefined
  }
  while (!(await building())) await new Promise((resolve) => setImmediate(resolve))
  const written = await sql.begin((tx) => tx`lock table messages in row exclusive mode nowait`.then(() => true))
  release()
  await writing
  await migrating
  expect(written).toBe(true)
  expect([...(await indexes())]).toEqual([
    { name: 'later_id', isValid: true },
    { name: 'messages_by_type', isValid: true },
  ])
})

it('a migration that waits for a table lets other writes through, and goes on when the table is free', async () => {
  const { sql } = database
  const later = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(later, 'utf8')) as { entries: object[] }
  const tag = '99999_add_column'
  journal.entries.push({ idx: 99999, version: '7', when: Date.now() + 96_400_000_000, tag, breakpoints: true })
  writeFileSync(later, JSON.stringify(journal))
  writeFileSync(join(folder, `${tag}.sql`), 'ALTER TABLE "messages" ADD COLUMN "later" text;')
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => (release = resolve))
  const writing = sql.begin(async (tx) => {
    await tx`lock table messages in row exclusive mode`
    await isReleased
  })
  const migrating = migrateDatabase(database.url, folder)
  const waiting = async () => {
    const [row] = await sql`select 1 from pg_locks where relation = 'messages'::regclass and not granted`
    return row !== undefined
  }
  while (!(await waiting())) await new Promise((resolve) => setImmediate(resolve))
  // This one comes behind the migration, which would otherwise wait as long as the first one writes.
  await sql.begin((tx) => tx`lock table messages in row exclusive mode`.then(() => true))
  release()
  await writing
  await migrating
  expect([
    ...(await sql`select column_name as name from information_schema.columns
    where table_name = 'messages' and column_name = 'later'`),
  ]).toEqual([{ name: 'later' }])
})

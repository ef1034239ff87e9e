import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkBackup, restoreBackup } from '@/lib/backup/restore-backup'
import { writeBackup } from '@/lib/backup/write-backup'
import { recordAudit } from '@/lib/audit/record-audit'
import { verifyAudit } from '@/lib/audit/verify-audit'
import { media, messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { createSealer } from '@/lib/secret'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
const folder = mkdtempSync(join(tmpdir(), 'wxbot-backup-'))
const keyIds = ['k1']
const foreignText = 'tab\t newline\n carriage\r back\\slash \\N \\. quote" 你好 🎈'

let source: TestDatabase
beforeAll(async () => {
  source = await createTestDatabase()
  const sealed = sealer.seal('secret', 'application.signing:1')
  const applicationId = await givenApplication(source.db, { name: foreignText, signingSecretSealed: sealed })
  const robotId = await givenRobot(source.db, { applicationId })
  const messageId = await givenMessage(source, { robotId, content: foreignText })
  const bytes = randomBytes(6_000_000)
  const file = { id: newId('media'), robotId, messageId, contentType: 'image/png', sizeBytes: bytes.length, bytes }
  await source.db.insert(media).values(file)
  const entry = { actor: 'cli', action: 'robot.create', targetId: robotId } as const
  for (let count = 0; count < 3; count++) await source.db.transaction((tx) => recordAudit(tx, entry))
})
afterAll(async () => {
  await source.drop()
  rmSync(folder, { recursive: true })
})

async function givenMessage(
  { db }: Pick<TestDatabase, 'db'>,
  columns: { robotId: string; content: string; id?: string; senderName?: string },
): Promise<string> {
  const id = columns.id ?? newId('message')
  await db.insert(messages).values({ direction: 'in', type: 'text', state: 'received', ...columns, id })
  return id
}

const backUp = async (name: string) => {
  const path = join(folder, name)
  return { path, ...(await writeBackup({ url: source.url, path, release: '0.0.0' })) }
}

/** Returns the number of rows of each table and a hash of them. */
async function hashTables({ sql }: TestDatabase) {
  const tables = await sql<
    { name: string }[]
  >`select tablename as name from pg_tables where schemaname = 'public' order by 1`
  const rows = []
  for (const { name } of tables) {
    const [row] = await sql`
      select count(*)::int as count, md5(string_agg(md5(t::text), '' order by md5(t::text))) as hash from ${sql(name)} t`
    rows.push({ name, ...row })
  }
  return rows
}

/** Returns foreign keys, other constraints and triggers as they are in force. */
const rulesOf = async ({ sql }: TestDatabase) => [
  ...(await sql`
    select conrelid::regclass::text as "table", conname, pg_get_constraintdef(oid) as definition, convalidated
      from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`),
  ...(await sql`select tgrelid::regclass::text as "table", tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2`),
]

async function withDatabase(run: (database: TestDatabase) => Promise<void>) {
  const database = await createTestDatabase()
  try {
    await run(database)
  } finally {
    await database.drop()
  }
}

describe('a backup', () => {
  it('restores every row, file, constraint, trigger and the audit chain, and the next numbers are free', async () => {
    const { path, keys, tables } = await backUp('whole.tar.gz')
    expect(keys).toEqual([{ keyId: 'k1', count: 1 }])
    expect(tables.find(({ name }) => name === 'media')).toMatchObject({ rowCount: 1 })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    await withDatabase(async (target) => {
      const rules = await rulesOf(target)
      await restoreBackup({ url: target.url, path, keyIds })
      expect(await hashTables(target)).toEqual(await hashTables(source))
      expect(await rulesOf(target)).toEqual(rules)
      const [robot] = await target.sql`select id from robots`
      await givenMessage(target, { robotId: robot!['id'], content: 'next' })
      const entry = { actor: 'cli', action: 'robot.create', targetId: 'rbt_1' } as const
      await target.db.transaction((tx) => recordAudit(tx, entry))
      expect(await verifyAudit(target.db)).toMatchObject({ count: 4, broken: null })
      const [numbers] =
        await target.sql`select count(*)::int as count, count(distinct sequence)::int as numbers from messages`
      expect(numbers).toEqual({ count: 2, numbers: 2 })
    })
  })

  it('taken under load has every row committed before its snapshot, and whole transactions only', async () => {
    const robotId = await givenRobot(source.db)
    const committed: string[] = []
    let isLoading = true
    const write = async () => {
      while (isLoading) {
        const pair = [newId('message'), newId('message')]
        await source.db.transaction(async (tx) => {
          for (const id of pair)
            await givenMessage({ db: tx }, { id, robotId, content: foreignText, senderName: pair[0]! })
        })
        committed.push(...pair)
      }
    }
    const writers = [write(), write(), write()]
    while (committed.length < 200) await nextTurn()
    const before = [...committed]
    const { path, tables } = await backUp('load.tar.gz').finally(() => (isLoading = false))
    const countAtEnd = committed.length
    await Promise.all(writers)
    expect(countAtEnd).toBeGreaterThan(before.length)

    await withDatabase(async (target) => {
      await restoreBackup({ url: target.url, path, keyIds })
      const rows = await target.sql<{ id: string; pair: string }[]>`select id, sender_name as pair from messages`
      const ids = new Set(rows.map(({ id }) => id))
      expect(before.filter((id) => !ids.has(id))).toEqual([])
      const halves = await target.sql`
        select sender_name from messages where robot_id = ${robotId} group by sender_name having count(*) <> 2`
      expect([...halves]).toEqual([])
      expect(tables.find(({ name }) => name === 'messages')?.rowCount).toBe(rows.length)
    })
  })

  it('never replaces a file, and leaves none behind when it fails', async () => {
    const path = join(folder, 'taken.tar.gz')
    writeFileSync(path, 'mine')
    const backup = (url: string, name: string) => writeBackup({ url, path: join(folder, name), release: '0.0.0' })
    await expect(backup(source.url, 'taken.tar.gz')).rejects.toThrow('exists')
    expect(readFileSync(path, 'utf8')).toBe('mine')
    const elsewhere = new URL(source.url)
    elsewhere.pathname = 'postgres'
    await expect(backup(elsewhere.href, 'failed.tar.gz')).rejects.toThrow('never migrated')
    expect(() => statSync(join(folder, 'failed.tar.gz'))).toThrow('ENOENT')
    expect(() => statSync(join(folder, 'failed.tar.gz.partial'))).toThrow('ENOENT')
  })
})

describe('restoreBackup', () => {
  let path: string
  beforeAll(async () => void ({ path } = await backUp('restore.tar.gz')))

  it('refuses a database with rows and changes nothing', async () => {
    await withDatabase(async (target) => {
      await givenApplication(target.db)
      const before = await hashTables(target)
      await expect(restoreBackup({ url: target.url, path, keyIds })).rejects.toThrow('not empty (applications)')
      expect(await hashTables(target)).toEqual(before)
    })
  })

  it('refuses a database in use without a lock on its tables', async () => {
    await withDatabase(async (target) => {
      await givenApplication(target.db)
      // A transaction of the product that has read and written.
      await target.sql.begin(async (tx) => {
        await tx`update applications set name = 'busy'`
        await expect(restoreBackup({ url: target.url, path, keyIds })).rejects.toThrow('not empty (applications)')
      })
    })
  })

  it('refuses a database with other migrations', async () => {
    await withDatabase(async (target) => {
      await target.sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`
      await expect(restoreBackup({ url: target.url, path, keyIds })).rejects.toThrow('npm run migrate')
    })
  })

  it('refuses a backup whose secrets no key of ENCRYPTION_KEY opens', async () => {
    await withDatabase(async (target) => {
      await expect(restoreBackup({ url: target.url, path, keyIds: ['k2'] })).rejects.toThrow('lacks k1 (1 secrets)')
    })
    await expect(checkBackup({ path, keyIds: ['k2'] })).rejects.toThrow('lacks k1 (1 secrets)')
  })

  it('restores nothing of a file that is cut off or damaged, and the check finds both', async () => {
    const whole = readFileSync(path)
    const damaged = Buffer.from(whole)
    damaged[Math.floor(whole.length / 2)]! ^= 0xff
    const files = { cut: whole.subarray(0, whole.length - 20_000), damaged, other: Buffer.from('no archive') }
    await withDatabase(async (target) => {
      const before = await hashTables(target)
      const rules = await rulesOf(target)
      for (const [name, content] of Object.entries(files)) {
        const broken = join(folder, `${name}.tar.gz`)
        writeFileSync(broken, content)
        await expect(checkBackup({ path: broken, keyIds }), name).rejects.toThrow('is not a whole backup')
        await expect(restoreBackup({ url: target.url, path: broken, keyIds }), name).rejects.toThrow(
          'is not a whole backup',
        )
      }
      expect(await hashTables(target)).toEqual(before)
      expect(await rulesOf(target)).toEqual(rules)
    })
    await expect(checkBackup({ path: join(folder, 'none.tar.gz'), keyIds })).rejects.toThrow('cannot be read: ENOENT')
  })
})

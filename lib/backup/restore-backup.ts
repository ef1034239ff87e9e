import type { Client } from 'pg'
import type { ArchiveHeader, ArchiveManifest } from '@/lib/backup/archive-format'
import { copyRows } from '@/lib/backup/copy-rows'
import { readBackup } from '@/lib/backup/read-backup'
import { readMigration, readTables } from '@/lib/backup/read-catalog'
import { quoteNames, runTransaction } from '@/lib/backup/run-transaction'
import { suspendRules } from '@/lib/backup/suspend-rules'
import { migrationLock } from '@/lib/db/migrate-database'

export type ReadBackup = { header: ArchiveHeader; manifest: ArchiveManifest }

type Source = { path: string; keyIds: readonly string[] }

/** Reads a backup to its end, without a database. @throws when it is not whole, or a key that it needs is missing. */
export async function checkBackup({ path, keyIds }: Source): Promise<ReadBackup> {
  return readBackup(path, { begin: (header) => requireKeys(header, keyIds), write: () => {} })
}

/**
 * Fills a migrated, empty database from a backup in one transaction: everything or nothing.
 * @throws when the database has rows or other migrations, a key is missing, or the file is not whole.
 */
export async function restoreBackup({ url, ...source }: Source & { url: string }): Promise<ReadBackup> {
  return runTransaction(url, {}, (client) => fillDatabase(client, source))
}

async function fillDatabase(client: Client, { path, keyIds }: Source): Promise<ReadBackup> {
  let rows: ReturnType<typeof copyRows> | undefined
  let resumeRules: (() => Promise<void>) | undefined
  const restored = await readBackup(path, {
    async begin(header) {
      requireKeys(header, keyIds)
      await requireEmptyDatabase(client, header)
      resumeRules = await suspendRules(client)
      rows = copyRows(client, header.tables)
    },
    write: async (table, bytes) => rows?.write(table, bytes),
  })
  await rows?.close()
  await resumeRules?.()
  for (const { name, lastValue, isCalled } of restored.manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoteNames([name]), lastValue, isCalled])
  await requireSameCounts(client, restored.manifest)
  await client.query('analyze')
  return restored
}

function requireKeys({ keys }: ArchiveHeader, keyIds: readonly string[]): void {
  const missing = keys.filter(({ keyId }) => !keyIds.includes(keyId))
  if (missing.length === 0) return
  const list = missing.map(({ keyId, count }) => `${keyId} (${count} secrets)`).join(', ')
  throw new Error(`ENCRYPTION_KEY lacks ${list}: add the keys that were in use when the backup was made.`)
}

async function requireEmptyDatabase(client: Client, header: ArchiveHeader): Promise<void> {
  // No migration runs, and no process writes, until the transaction ends.
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
  const migration = await readMigration(client)
  if (migration?.hash !== header.migration.hash)
    throw new Error(
      `The backup has ${header.migration.count} migrations, this database ${migration?.count ?? 0}: create the database with "npm run migrate" of wxbot ${header.release}, restore, and upgrade afterwards.`,
    )
  const tables = (await readTables(client)).map(({ name }) => name)
  // Before the lock, which would hold up the product in a database that is in use, or end as a deadlock with it.
  await requireNoRows(client, tables)
  await client.query(`lock table ${quoteNames(tables)} in access exclusive mode`)
  await requireNoRows(client, tables)
}

async function requireNoRows(client: Client, tables: readonly string[]): Promise<void> {
  const filled = []
  for (const name of tables) {
    const { rowCount } = await client.query(`select 1 from ${quoteNames([name])} limit 1`)
    if (rowCount) filled.push(name)
  }
  if (filled.length > 0)
    throw new Error(
      `This database is not empty (${filled.slice(0, 5).join(', ')}): create a new one, run "npm run migrate" without ADMIN_EMAIL, and start web and worker after the restore.`,
    )
}

async function requireSameCounts(client: Client, { tables }: ArchiveManifest): Promise<void> {
  for (const { name, rowCount } of tables) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from ${quoteNames([name])}`)
    if (Number(rows[0]?.count) !== rowCount)
      throw new Error(`${name} has ${rows[0]?.count} rows after the restore, not ${rowCount}`)
  }
}

import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import {
  type ArchiveHeader,
  type ArchiveManifest,
  headerFile,
  manifestFile,
  partFile,
  type TableSum,
} from '@/lib/backup/archive-format'
import { readKeys, readMigration, readSequences, readTables } from '@/lib/backup/read-catalog'
import { quoteNames, runTransaction } from '@/lib/backup/run-transaction'
import { sumTable } from '@/lib/backup/sum-table'
import { type ArchiveWriter, writeArchive } from '@/lib/backup/write-archive'

/** Size at which a part of a table is written. */
const partBytes = 4 * 1024 * 1024

export type WrittenBackup = Pick<ArchiveHeader, 'snapshotAt' | 'keys'> & { tables: TableSum[] }

/**
 * Writes all rows that are committed when it begins, received files included, to a new file. One REPEATABLE READ transaction reads
 * them while the product runs. Holds a few parts in memory, whatever the size of the database.
 */
export async function writeBackup({ url, path, release }: { url: string; path: string; release: string }) {
  return writeArchive(path, (archive) =>
    runTransaction(url, { mode: 'isolation level repeatable read read only' }, (client) =>
      writeSnapshot(client, { archive, release }),
    ),
  )
}

type Target = { archive: ArchiveWriter; release: string }

async function writeSnapshot(client: Client, { archive, release }: Target): Promise<WrittenBackup> {
  const { rows } = await client.query<{ at: Date }>('select transaction_timestamp() as at')
  const snapshotAt = rows[0]!.at.toISOString()
  const migration = await readMigration(client)
  if (!migration) throw new Error('The database was never migrated: there is nothing to back up.')
  const tables = await readTables(client)
  // As pg_dump does: a migration waits until the last table is read.
  await client.query(`lock table ${quoteNames(tables.map(({ name }) => name))} in access share mode`)
  const keys = await readKeys(client)
  const header = { format: 'wxbot-backup', formatVersion: 1, release, snapshotAt, migration, keys, tables } as const
  await archive.addFile(headerFile, toJson(header satisfies ArchiveHeader))
  const sums: TableSum[] = []
  for (const table of tables) sums.push(await writeTable(client, archive, table))
  const sequences = await readSequences(client)
  await archive.addFile(manifestFile, toJson({ tables: sums, sequences } satisfies ArchiveManifest))
  return { snapshotAt, keys, tables: sums }
}

async function writeTable(client: Client, archive: ArchiveWriter, { name, columns }: ArchiveHeader['tables'][number]) {
  const statement = `copy ${quoteNames([name])} (${quoteNames(columns)}) to stdout`
  const rows: AsyncIterable<Uint8Array> = client.query(copyTo(statement))
  const sum = sumTable(name)
  let chunks: Uint8Array[] = []
  let sizeBytes = 0
  let part = 0
  const writePart = async () => {
    if (sizeBytes === 0) return
    await archive.addFile(partFile(name, ++part), Buffer.concat(chunks))
    chunks = []
    sizeBytes = 0
  }
  for await (const chunk of rows) {
    sum.add(chunk)
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (sizeBytes >= partBytes) await writePart()
  }
  await writePart()
  return sum.finish()
}

const toJson = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)

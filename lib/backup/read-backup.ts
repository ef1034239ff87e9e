import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar'
import type { z } from 'zod'
import {
  type ArchiveHeader,
  archiveHeader,
  type ArchiveManifest,
  archiveManifest,
  headerFile,
  manifestFile,
  tableOfPart,
} from '@/lib/backup/archive-format'
import { sumTable } from '@/lib/backup/sum-table'

/** Maximum size of a description in an archive. */
const maxJsonBytes = 4 * 1024 * 1024

/** Receives the contents of a backup in order. */
export type BackupReader = {
  begin(header: ArchiveHeader): Promise<void> | void
  /** Receives the next bytes of a table; the tables come one after another. */
  write(table: string, bytes: Uint8Array): Promise<void> | void
}

/**
 * Reads a backup to its end, passes on what it contains, and compares each table with its checksum. What it passed on is only known
 * to be whole when it returns.
 * @throws when the file is incomplete, damaged or no backup.
 */
export async function readBackup(
  path: string,
  reader: BackupReader,
): Promise<{ header: ArchiveHeader; manifest: ArchiveManifest }> {
  let header: ArchiveHeader | undefined
  let manifest: ArchiveManifest | undefined
  const sums = new Map<string, ReturnType<typeof sumTable>>()
  try {
    for await (const entry of openArchive(path)) {
      if (manifest) throw new Error('it continues after its end')
      if (!header) {
        if (entry.header.name !== headerFile) throw new Error('it does not begin with the description of a backup')
        header = await readJson(entry, archiveHeader)
        for (const { name } of header.tables) sums.set(name, sumTable(name))
        await passOn(() => reader.begin(header!))
      } else if (entry.header.name === manifestFile) {
        manifest = await readJson(entry, archiveManifest)
      } else {
        const table = tableOfPart(entry.header.name) ?? ''
        const sum = sums.get(table)
        if (!sum) throw new Error(`it contains the unknown file ${entry.header.name}`)
        for await (const bytes of entry.body as ReadableStream<Uint8Array>) {
          sum.add(bytes)
          await passOn(() => reader.write(table, bytes))
        }
      }
    }
    if (!header || !manifest) throw new Error('its end is missing')
    compareSums(
      [...sums.values()].map((sum) => sum.finish()),
      manifest.tables,
    )
  } catch (error) {
    if (error instanceof ReaderError) throw error.cause
    if ((error as NodeJS.ErrnoException).syscall)
      throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error })
    throw new Error(`${path} is not a whole backup: ${(error as Error).message}`, { cause: error })
  }
  return { header, manifest }
}

/** Keeps failures of the reader apart from those of the file. */
class ReaderError extends Error {}

async function passOn(run: () => Promise<void> | void): Promise<void> {
  try {
    await run()
  } catch (cause) {
    throw new ReaderError('the reader failed', { cause })
  }
}

function openArchive(path: string): AsyncIterable<ParsedTarEntry> {
  // A failure of the file destroys the last stream, from which it is read.
  const bytes = pipeline(createReadStream(path), createGunzip(), () => {})
  return ReadableStream.from<Uint8Array>(bytes).pipeThrough(createTarDecoder({ strict: true }) as never)
}

async function readJson<Schema extends z.ZodType>(entry: ParsedTarEntry, schema: Schema): Promise<z.output<Schema>> {
  if (entry.header.size > maxJsonBytes) throw new Error(`${entry.header.name} is too large`)
  const parsed = schema.safeParse(JSON.parse(await text(entry.body as ReadableStream)))
  if (!parsed.success) throw new Error(`${entry.header.name} is invalid, or of a later release`)
  return parsed.data
}

function compareSums(read: ArchiveManifest['tables'], written: ArchiveManifest['tables']): void {
  const differing = written.filter((table, index) => JSON.stringify(table) !== JSON.stringify(read[index]))
  if (read.length !== written.length || differing.length > 0)
    throw new Error(`the checksum differs of: ${differing.map(({ name }) => name).join(', ')}`)
}

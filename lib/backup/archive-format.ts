import { z } from 'zod'

const name = z.string().min(1).max(100)
const count = z.number().int().nonnegative()

/** First file of an archive: what it contains and what its restore needs. */
export const archiveHeader = z.object({
  format: z.literal('wxbot-backup'),
  formatVersion: z.literal(1),
  /** Release that wrote the archive. */
  release: z.string().max(50),
  /** Time of the snapshot: the archive has what was committed before, and nothing of later. */
  snapshotAt: z.iso.datetime({ offset: true }),
  /** Latest migration of the database, and the number of migrations. */
  migration: z.object({ hash: z.string().max(100), count }),
  /** Keys of ENCRYPTION_KEY that sealed the secrets. */
  keys: z.array(z.object({ keyId: z.string().max(100), count })).max(1000),
  tables: z.array(z.object({ name, columns: z.array(name).min(1).max(500) })).max(1000),
})
export type ArchiveHeader = z.output<typeof archiveHeader>

/** Size of a table in `COPY` text format, and the checksum of that text. */
const tableSum = z.object({ name, rowCount: count, sizeBytes: count, sha256: z.string().length(64) })
export type TableSum = z.output<typeof tableSum>

/** Last file of an archive; an archive without it is incomplete. */
export const archiveManifest = z.object({
  tables: z.array(tableSum).max(1000),
  sequences: z.array(z.object({ name, lastValue: z.string().regex(/^\d{1,19}$/), isCalled: z.boolean() })).max(1000),
})
export type ArchiveManifest = z.output<typeof archiveManifest>

export const headerFile = 'backup.json'
export const manifestFile = 'manifest.json'

/** Returns the name of a part of a table; the parts of a table in order are one `COPY` text. */
export function partFile(table: string, part: number): string {
  return `tables/${table}/${String(part).padStart(6, '0')}.copy`
}

/** Returns the table that a part belongs to; null: not the name of a part. */
export function tableOfPart(file: string): string | null {
  return /^tables\/([^/]+)\/\d{6,}\.copy$/.exec(file)?.[1] ?? null
}

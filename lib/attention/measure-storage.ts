import { statfs } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { AlertCause } from '@/lib/attention/list-alert-causes'

const bytesPerGb = 1_000_000_000
/** Share of the database's limit from which it is nearly full, in percent. */
const databasePercent = 90

/** Returns the used share of the fullest of these folders' disks, in percent; folders that do not exist are left out. */
export async function measureDisk(folders: readonly string[]): Promise<number> {
  const shares = folders.map(async (folder) => {
    const { blocks, bavail, bfree } = await statfs(folder)
    const usedBlocks = blocks - bfree
    // As `df`: blocks that only root may use are left out.
    return blocks === 0 ? 0 : Math.ceil((usedBlocks / (usedBlocks + bavail)) * 100)
  })
  const measured = await Promise.allSettled(shares)
  return Math.max(0, ...measured.map((share) => (share.status === 'fulfilled' ? share.value : 0)))
}

/** Returns the cause that the disk of a machine is nearly full; [] if it is not. */
export function listFullDisks(options: { host: string; percent: number; limitPercent: number }): AlertCause[] {
  const { host, percent, limitPercent } = options
  return percent < limitPercent ? [] : [{ targetId: host, applicationId: null, params: { host, percent } }]
}

/** Returns the cause that the database is near its limit; [] if it is not, or no limit is set. */
export async function listFullDatabases(db: Db, { limitGb }: { limitGb: number | null }): Promise<AlertCause[]> {
  if (limitGb === null) return []
  const [size] = await db.execute<{ bytes: number }>(sql`select pg_database_size(current_database())::float8 as bytes`)
  const percent = Math.floor(((size?.bytes ?? 0) / (limitGb * bytesPerGb)) * 100)
  const params = { percent, limit: limitGb }
  return percent < databasePercent ? [] : [{ targetId: 'database', applicationId: null, params }]
}

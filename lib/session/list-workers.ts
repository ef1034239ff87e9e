import { getTableColumns } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { isWorkerAlive } from '@/lib/db/is-worker-alive'
import { workers } from '@/lib/db/schema/session'

export type WorkerRow = typeof workers.$inferSelect & {
  isAlive: boolean
}

/** Lists current and recent worker processes with the number of robots each owns, oldest first. */
export async function listWorkers(db: Db): Promise<WorkerRow[]> {
  return db
    .select({ ...getTableColumns(workers), isAlive: isWorkerAlive })
    .from(workers)
    .orderBy(workers.startedAt, workers.id)
}

import { getTableColumns, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { workers } from '../db/schema/session'

export type WorkerStanding = typeof workers.$inferSelect & {
  /** Heard of in the last 15 s. */
  isAlive: boolean
}

/** Lists worker processes that live or lately did, with how many robots each owns; the longest there first. */
export async function listWorkers(db: Db): Promise<WorkerStanding[]> {
  const isAlive = sql<boolean>`${workers.heartbeatAt} > clock_timestamp() - interval '15 seconds'`
  return db
    .select({ ...getTableColumns(workers), isAlive })
    .from(workers)
    .orderBy(workers.startedAt, workers.id)
}

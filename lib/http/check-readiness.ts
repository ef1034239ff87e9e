import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { workers } from '@/lib/db/schema/session'
import { withDeadline } from '@/lib/deadline'
import { explainError } from '@/lib/describe-error'
import type { QueueBackend } from '@/lib/queue/backend'
import { isWorkerAlive } from '@/lib/db/is-worker-alive'

const checkTimeoutMs = 2000

/** `ok`, or what is wrong. */
export type Readiness = { isReady: boolean; checks: Record<'database' | 'queue' | 'worker', string> }

/** Checks that the database and the queue respond within 2 s and that a worker sent a heartbeat in the last 15 s. */
export async function checkReadiness({ db, queue }: { db: Db; queue: QueueBackend }): Promise<Readiness> {
  const [database, queued, worker] = await Promise.all([
    check(db.execute(sql`select 1`)),
    check(queue.ping()),
    check(requireWorker(db)),
  ])
  const checks = { database, queue: queued, worker }
  return { isReady: Object.values(checks).every((result) => result === 'ok'), checks }
}

async function requireWorker(db: Db): Promise<void> {
  const [worker] = await db.select({ id: workers.id }).from(workers).where(isWorkerAlive).limit(1)
  if (!worker) throw new Error('no worker heartbeat in the last 15 s')
}

async function check(work: PromiseLike<unknown>): Promise<string> {
  const result = Promise.resolve(work).then(
    () => 'ok',
    (error: unknown) => explainError(error),
  )
  return withDeadline(result, checkTimeoutMs, () => `no response within ${checkTimeoutMs} ms`)
}

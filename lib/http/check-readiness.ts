import { gt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { workers } from '@/lib/db/schema/session'
import type { QueueBackend } from '@/lib/queue/backend'

const checkTimeoutMs = 2000

/** `ok`, or what is wrong. */
export type Readiness = { isReady: boolean; checks: Record<'database' | 'queue' | 'worker', string> }

/** Tells whether work can get through: the database and the queue answer within 2 s, a worker was heard of in the last 15 s. */
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
  const isLately = gt(workers.heartbeatAt, sql`clock_timestamp() - interval '15 seconds'`)
  const [worker] = await db.select({ id: workers.id }).from(workers).where(isLately).limit(1)
  if (!worker) throw new Error('no worker heard of in the last 15 s')
}

async function check(asked: PromiseLike<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, checkTimeoutMs, `no answer within ${checkTimeoutMs} ms`)
  })
  const answered = Promise.resolve(asked).then(
    () => 'ok',
    (error: Error) => error.message || error.name,
  )
  return Promise.race([answered, deadline]).finally(() => clearTimeout(timer))
}

import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { scheduledQueue } from '@/lib/queue/catalog'
import { type RetentionDays, readRetentionDays } from '@/lib/installation/retention'
import { cleanUp } from '@/worker/retention/clean-up'

const cleanUpIntervalMs = 3_600_000

/**
 * Runs the clean-up once an hour, with `days` where administrators set none, in one worker at a time. `schedule` creates the queue's schedule again if a flushed Redis lost it;
 * `stop` waits for the current batch.
 */
export function startRetention(context: { db: Db; queue: QueueBackend; log: Logger; days: RetentionDays }): {
  schedule(): Promise<void>
  stop(): Promise<void>
} {
  const { queue } = context
  const ending = new AbortController()
  const { signal } = ending
  const run = async () => {
    // Read at each run, so that a change in the dashboard needs no restart.
    const days = await readRetentionDays(context.db, context.days)
    await cleanUp({ ...context, days, signal })
  }
  const consumer = queue.consume(scheduledQueue, { cleanUp: run }, { concurrency: 1 })
  return {
    schedule: () => queue.schedule(scheduledQueue, 'cleanUp', {}, { everyMs: cleanUpIntervalMs }),
    async stop() {
      ending.abort()
      await consumer.close()
    },
  }
}

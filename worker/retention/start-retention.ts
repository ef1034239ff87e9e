import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { scheduledQueue } from '@/lib/queue/catalog'
import { cleanUp, type RetentionDays } from '@/worker/retention/clean-up'

const cleanUpIntervalMs = 3_600_000

/**
 * Runs the clean-up once an hour, in one worker at a time. `schedule` creates the queue's schedule again if a flushed Redis lost it;
 * `stop` waits for the current batch.
 */
export function startRetention(context: { db: Db; queue: QueueBackend; log: Logger; days: RetentionDays }): {
  schedule(): Promise<void>
  stop(): Promise<void>
} {
  const { queue } = context
  const ending = new AbortController()
  const { signal } = ending
  const consumer = queue.consume(scheduledQueue, { cleanUp: () => cleanUp({ ...context, signal }) }, { concurrency: 1 })
  return {
    schedule: () => queue.schedule(scheduledQueue, 'cleanUp', {}, { everyMs: cleanUpIntervalMs }),
    async stop() {
      ending.abort()
      await consumer.close()
    },
  }
}

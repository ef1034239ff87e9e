import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import type { QueueBackend } from '@/lib/queue/backend'
import { clockworkQueue } from '@/lib/queue/catalog'
import { cleanUp, type RetentionDays } from './clean-up'

const everyMs = 3_600_000

/**
 * Starts cleaning up once an hour, in one worker at a time. `schedule` makes sure that the queue knows of it, which a
 * flushed Redis has forgotten; `stop` ends after the batch under way.
 */
export function startRetention(context: { db: Db; queue: QueueBackend; log: Logger; days: RetentionDays }): {
  schedule(): Promise<void>
  stop(): Promise<void>
} {
  const { queue } = context
  const ending = new AbortController()
  const { signal } = ending
  const consumer = queue.consume(clockworkQueue, { cleanUp: () => cleanUp({ ...context, signal }) }, { concurrency: 1 })
  return {
    schedule: () => queue.schedule(clockworkQueue, 'cleanUp', {}, { everyMs }),
    async stop() {
      ending.abort()
      await consumer.close()
    },
  }
}

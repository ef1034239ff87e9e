import type { Db } from '@/lib/db/client'
import { loadEnvPart } from '@/lib/env'
import { createLogger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { listenForReplies } from '@/lib/queue/reply'

/** Opens what a command needs to wait for a worker. */
export async function openWorkerCalls(db: Db) {
  const env = loadEnvPart('DATABASE_URL', 'REDIS_URL')
  const log = createLogger({ level: 'silent', process: 'cli' })
  const queue = await openQueueBackend({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, log })
  const replies = await listenForReplies({ databaseUrl: env.DATABASE_URL, db, log })
  return {
    context: { db, queue, replies, log },
    async close(): Promise<void> {
      await replies.close()
      await queue.close()
    },
  }
}

import type postgres from 'postgres'
import { connectDatabase } from '@/lib/db/client'
import { openEgressPolicy } from '@/lib/egress/create-egress-policy'
import { type Env, loadEnv } from '@/lib/env'
import type { ActionContext } from '@/lib/actions/action-context'
import { createLogger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { type Limiter, openLimiter } from '@/lib/queue/limiter'
import { listenForReplies } from '@/lib/queue/reply'
import { enqueueWakes } from '@/lib/queue/wake'
import { createSealer, type Sealer } from '@/lib/secret'
import { openTracing } from '@/lib/tracing/open-tracing'
import { shareWithThinServer } from '@/lib/http/web-hooks'
import { explainError } from '@/lib/describe-error'

/** Connections and settings of a web process, for route handlers and pages. */
export type WebContext = ActionContext & { env: Env; sql: postgres.Sql; sealer: Sealer; limiter: Limiter }

// On globalThis, because each bundle of Next has its own copy of this module.
const contextKey = Symbol.for('wxbot.webContext')
const shared = globalThis as { [contextKey]?: WebContext | undefined }

/** Returns the context of the web process. @throws before instrumentation.ts has opened it at boot. */
export function webContext(): WebContext {
  const context = shared[contextKey]
  if (!context) throw new Error('the web context is not open yet')
  return context
}

/** Opens the context of this process, once. @throws when the database or the queue does not respond. */
export async function openWebContext(env: Env): Promise<{ close(): Promise<void> }> {
  const log = createLogger({ level: env.LOG_LEVEL, process: 'web' })
  const tracing = await openTracing(env, { serviceName: 'wxbot-web', log })
  const isPreparing = env.DATABASE_PREPARED === 'on'
  const database = connectDatabase(env.DATABASE_URL, { name: 'wxbot-web', maxConnections: 20, isPreparing })
  const { db, sql } = database
  const queue = await openQueueBackend({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, log })
  database.onCommit(enqueueWakes({ queue, log }))
  const limiter = await openLimiter({ sql, redisUrl: env.REDIS_URL, log })
  const replies = await listenForReplies({ databaseUrl: env.DATABASE_URL, db, log })
  const egress = openEgressPolicy(env)
  const sealer = createSealer(env.ENCRYPTION_KEY)
  shared[contextKey] = { env, db, sql, queue, replies, sealer, egress, limiter, log }
  const close = async () => {
    shared[contextKey] = undefined
    await replies.close()
    await queue.close()
    await limiter.close()
    await database.close()
    await tracing.close()
  }
  shareWithThinServer({
    endStreams: () => replies.endSubscriptions(),
    settleWaits: () => replies.close(),
    countPoolWaiters: () => queue.countPoolWaiters(),
    close,
  })
  return { close }
}

/**
 * Opens the context from the environment. On failure, prints the reason and exits with 1: Next would continue without a context,
 * and a supervisor would not restart it.
 */
export async function bootWebContext(): Promise<void> {
  const env = loadEnv()
  try {
    await openWebContext(env)
  } catch (error) {
    console.error(`web cannot start, because the database or the queue does not respond: ${explainError(error)}`)
    process.exit(1)
  }
}

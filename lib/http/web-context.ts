import type postgres from 'postgres'
import { connectDatabase } from '@/lib/db/client'
import { openEgressPolicy } from '@/lib/egress/open-egress-policy'
import type { Env } from '@/lib/env'
import type { GatewayContext } from '@/lib/gateway/gateway-context'
import { createLogger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { type Limiter, openLimiter } from '@/lib/queue/limiter'
import { listenForReplies } from '@/lib/queue/reply'
import { createSealer, type Sealer } from '@/lib/secret'
import { shareWithThinServer } from './web-hooks'

/** What a web process holds open, for route handlers and pages. */
export type WebContext = GatewayContext & { env: Env; sql: postgres.Sql; sealer: Sealer; limiter: Limiter }

// On globalThis, because each of the bundles that Next makes has its own copy of this module.
const contextKey = Symbol.for('wxbot.webContext')
const shared = globalThis as { [contextKey]?: WebContext | undefined }

/** The web process's context. @throws before `openWebContext`, which instrumentation.ts calls at boot. */
export function webContext(): WebContext {
  const context = shared[contextKey]
  if (!context) throw new Error('the web context is not open yet')
  return context
}

/** Opens the context of this process, once. @throws when the database or the queue does not answer. */
export async function openWebContext(env: Env): Promise<{ close(): Promise<void> }> {
  const log = createLogger({ level: env.LOG_LEVEL, process: 'web' })
  const { db, sql, close: closeDatabase } = connectDatabase(env.DATABASE_URL, { name: 'wxbot-web', maxConnections: 20 })
  const queue = await openQueueBackend({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, log })
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
    await closeDatabase()
  }
  shareWithThinServer({ settleWaits: () => replies.close(), close })
  return { close }
}

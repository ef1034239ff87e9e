import { Redis } from 'ioredis'
import type postgres from 'postgres'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Logger } from '../logger'

export type Turn = { isAllowed: true } | { isAllowed: false; retryAfterMs: number }

export type Limiter = {
  /**
   * Counts one more use of `key` and says whether it is within `perMinute`; a key's minute begins with its first use.
   * A changed `perMinute` counts anew.
   */
  take(key: string, perMinute: number): Promise<Turn>
  close(): Promise<void>
}

type Counter = { consume(key: string): Promise<unknown> }
type Rate = { points: number; duration: number; inMemoryBlockOnConsumed: number }
type Store = { counter(rate: Rate): Counter; close(): Promise<void> }

/**
 * Opens the count that all processes share: on Redis when `redisUrl` is given, else on Postgres. A key that is over its
 * limit is refused from memory for the rest of its minute. While the store fails, each process counts alone.
 */
export async function openLimiter(options: {
  sql: postgres.Sql
  redisUrl?: string | undefined
  log: Logger
}): Promise<Limiter> {
  const { log } = options
  const store = options.redisUrl ? await openRedisStore(options.redisUrl, log) : postgresStore(options.sql)
  const shared = perRate((rate) => store.counter(rate))
  const alone = perRate((rate) => new RateLimiterMemory(rate))
  return {
    take: (key, perMinute) =>
      consume(shared(perMinute), key).catch((error: unknown) => {
        log.warn({ err: error }, 'rate limits: the store fails, counting in this process alone')
        return consume(alone(perMinute), key)
      }),
    close: () => store.close(),
  }
}

/** The library's counters have their limit built in: one for each limit in use, each with keys of its own. */
function perRate(open: (rate: Rate) => Counter): (perMinute: number) => Counter {
  const counters = new Map<number, Counter>()
  return (perMinute) => {
    const counter =
      counters.get(perMinute) ?? open({ points: perMinute, duration: 60, inMemoryBlockOnConsumed: perMinute })
    counters.set(perMinute, counter)
    return counter
  }
}

async function consume(counter: Counter, key: string): Promise<Turn> {
  try {
    await counter.consume(key)
    return { isAllowed: true }
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return { isAllowed: false, retryAfterMs: refusal.msBeforeNext }
    throw refusal
  }
}

const keyPrefix = (rate: Rate) => `wxbot-limit-${rate.points}`

function postgresStore(sql: postgres.Sql): Store {
  // What the library asks of node-postgres, answered by the pool that is open anyway.
  const storeClient = {
    async query({ text, values }: { text: string; values: never[] }) {
      const rows = await sql.unsafe(text, values, { prepare: true })
      return { rows, rowCount: rows.count }
    },
  }
  const table = { storeClient, storeType: 'client', tableName: 'rate_limits', tableCreated: true }
  return {
    counter: (rate) => new RateLimiterPostgres({ ...rate, ...table, keyPrefix: keyPrefix(rate) }),
    close: async () => {},
  }
}

async function openRedisStore(redisUrl: string, log: Logger): Promise<Store> {
  // A limit is not worth a wait: what Redis does not answer at once is counted here.
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 10_000,
    commandTimeout: 250,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(1000, times * 100),
  })
  redis.on('error', (error) => log.warn({ err: error }, 'redis connection'))
  await redis.connect()
  return {
    counter: (rate) => new RateLimiterRedis({ ...rate, storeClient: redis, keyPrefix: keyPrefix(rate) }),
    close: async () => redis.disconnect(),
  }
}

import { Redis } from 'ioredis'
import type postgres from 'postgres'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Logger } from '@/lib/logger'
import { type CountedUses, countEarlyUses } from '@/lib/queue/count-early-uses'

export type LimitResult = { isAllowed: true } | { isAllowed: false; retryAfterMs: number }

export type Limiter = {
  /**
   * Counts a use of `key` and returns whether it is within `perMinute`. The minute of a key begins with its first use; a changed
   * `perMinute` starts a new count.
   */
  take(key: string, perMinute: number): Promise<LimitResult>
  /** Returns whether a use of `key` would be within `perMinute`, without counting it. */
  peek(key: string, perMinute: number): Promise<LimitResult>
  close(): Promise<void>
}

type Counter = {
  consume(key: string, points: number): Promise<RateLimiterRes>
  get(key: string): Promise<RateLimiterRes | null>
}
type Use<Result> = (counter: Counter, key: string, perMinute: number) => Promise<Result>
type Rate = { points: number; duration: number; inMemoryBlockOnConsumed: number }
type Store = { counter(rate: Rate): Counter; close(): Promise<void> }

/**
 * Opens the counters that all processes share: on Redis if `redisUrl` is given, otherwise on Postgres. A key over its limit is
 * refused from memory for the rest of its minute. The first half of a limit is reported to the store in batches. While the store
 * fails, each process counts separately.
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
  const withFallback = <Result>(use: Use<Result>, key: string, perMinute: number) =>
    use(shared(perMinute), key, perMinute).catch((error: unknown) => {
      log.warn({ err: error }, 'rate limit store failed, this process counts alone')
      return use(alone(perMinute), key, perMinute)
    })
  const early = countEarlyUses((key, perMinute, uses) =>
    withFallback((counter) => consume(counter, key, uses), key, perMinute),
  )
  return {
    take: early.take,
    async peek(key, perMinute) {
      await early.report(key, perMinute)
      return withFallback(peek, key, perMinute)
    },
    async close() {
      early.close()
      await store.close()
    },
  }
}

/** The limit of a library counter is fixed, so each limit has its own counter and keys. */
function perRate(open: (rate: Rate) => Counter): (perMinute: number) => Counter {
  const counters = new Map<number, Counter>()
  return (perMinute) => {
    const counter =
      counters.get(perMinute) ?? open({ points: perMinute, duration: 60, inMemoryBlockOnConsumed: perMinute })
    counters.set(perMinute, counter)
    return counter
  }
}

async function consume(counter: Counter, key: string, uses: number): Promise<CountedUses> {
  try {
    const { consumedPoints, msBeforeNext } = await counter.consume(key, uses)
    return { isAllowed: true, used: consumedPoints, endsInMs: msBeforeNext }
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const { consumedPoints, msBeforeNext } = refusal
    return { isAllowed: false, used: consumedPoints, endsInMs: msBeforeNext }
  }
}

async function peek(counter: Counter, key: string, perMinute: number): Promise<LimitResult> {
  const used = await counter.get(key)
  if (!used || used.consumedPoints < perMinute) return { isAllowed: true }
  return { isAllowed: false, retryAfterMs: used.msBeforeNext }
}

const keyPrefix = (rate: Rate) => `wxbot-limit-${rate.points}`

function postgresStore(sql: postgres.Sql): Store {
  // The part of node-postgres's interface that the library uses, on the existing pool.
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
  // A request does not wait long for its limit: if Redis does not respond within 250 ms, this process counts separately.
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 10_000,
    commandTimeout: 250,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(1000, times * 100),
  })
  redis.on('error', (error) => log.warn({ err: error }, 'redis connection failed'))
  await redis.connect()
  return {
    counter: (rate) => new RateLimiterRedis({ ...rate, storeClient: redis, keyPrefix: keyPrefix(rate) }),
    close: async () => redis.disconnect(),
  }
}

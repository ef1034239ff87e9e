import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../db/client'
import { createLogger } from '../logger'
import { queueBackends } from '../testing/queue-backends'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { type Limiter, openLimiter } from './limiter'

const log = createLogger({ level: 'silent', process: 'test' })

describe.each(queueBackends())('A3: limits counted on $name', ({ redisUrl }) => {
  let database: TestDatabase
  const limiters: Limiter[] = []
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(async () => {
    for (const limiter of limiters) await limiter.close()
    await database.drop()
  })

  /** One process's view of the count. */
  async function open(sql = database.sql): Promise<Limiter> {
    const limiter = await openLimiter({ sql, redisUrl, log })
    limiters.push(limiter)
    return limiter
  }
  const newKey = () => randomBytes(6).toString('hex')

  async function endMinuteOf(key: string) {
    if (!redisUrl) return database.sql`update rate_limits set expire = 0 where key like ${`%${key}`}`
    const redis = new Redis(redisUrl)
    for (const name of await redis.keys(`*${key}`)) await redis.del(name)
    redis.disconnect()
  }

  it('exactly the limit gets through, however many processes and however many at once', async () => {
    const processes = [await open(), await open(), await open()]
    const key = newKey()
    const turns = await Promise.all(Array.from({ length: 60 }, (_, n) => processes[n % 3]!.take(key, 20)))
    expect(turns.filter((turn) => turn.isAllowed)).toHaveLength(20)
  })

  it('who is over the limit is told how long to wait, and gets through in the next minute', async () => {
    const [first, second] = [await open(), await open()]
    const key = newKey()
    for (let n = 0; n < 2; n++) expect(await first.take(key, 2)).toEqual({ isAllowed: true })
    const refused = await first.take(key, 2)
    if (refused.isAllowed) throw new Error('let through')
    expect(refused.retryAfterMs).toBeGreaterThan(50_000)
    expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000)
    await endMinuteOf(key)
    expect(await second.take(key, 2)).toEqual({ isAllowed: true })
  })

  it('a raised limit is in force at once, also where the key was over the old one', async () => {
    const limiter = await open()
    const key = newKey()
    await limiter.take(key, 1)
    expect(await limiter.take(key, 1)).toMatchObject({ isAllowed: false })
    expect(await limiter.take(key, 5)).toEqual({ isAllowed: true })
  })

  it('keys do not disturb each other', async () => {
    const limiter = await open()
    for (let n = 0; n < 3; n++) expect(await limiter.take(newKey(), 1)).toEqual({ isAllowed: true })
  })

  it('while the store fails the process counts alone', async () => {
    const own = connectDatabase(database.url, { maxConnections: 1 })
    const limiter = await open(own.sql)
    await Promise.all([limiter.close(), own.close()])
    const key = newKey()
    expect(await limiter.take(key, 1)).toEqual({ isAllowed: true })
    expect(await limiter.take(key, 1)).toMatchObject({ isAllowed: false })
  })
})

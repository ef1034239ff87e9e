import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '@/lib/db/client'
import { createLogger } from '@/lib/logger'
import { queueBackends } from '@/lib/testing/queue-backends'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { type Limiter, openLimiter } from '@/lib/queue/limiter'

const log = createLogger({ level: 'silent', process: 'test' })

describe.each(queueBackends())('limits counted on $name (A3)', ({ redisUrl }) => {
  let database: TestDatabase
  const limiters: Limiter[] = []
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(async () => {
    for (const limiter of limiters) await limiter.close()
    await database.drop()
  })

  /** Opens a limiter like another process. */
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

  it('exactly the limit is allowed across concurrent processes', async () => {
    const processes = [await open(), await open(), await open()]
    const key = newKey()
    const turns = await Promise.all(Array.from({ length: 60 }, (_, n) => processes[n % 3]!.take(key, 20)))
    expect(turns.filter((turn) => turn.isAllowed)).toHaveLength(20)
  })

  it('a key over its limit gets the wait time, and is allowed in the next minute', async () => {
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

  it('peek counts nothing, and sees uses of other processes', async () => {
    const [first, second] = [await open(), await open()]
    const key = newKey()
    for (let n = 0; n < 5; n++) expect(await first.peek(key, 2)).toEqual({ isAllowed: true })
    for (let n = 0; n < 2; n++) expect(await first.take(key, 2)).toEqual({ isAllowed: true })
    expect(await second.peek(key, 2)).toMatchObject({ isAllowed: false, retryAfterMs: expect.any(Number) })
    await endMinuteOf(key)
    expect(await second.peek(key, 2)).toEqual({ isAllowed: true })
  })

  it('a raised limit is effective at once, also for a key over the previous limit', async () => {
    const limiter = await open()
    const key = newKey()
    await limiter.take(key, 1)
    expect(await limiter.take(key, 1)).toMatchObject({ isAllowed: false })
    expect(await limiter.take(key, 5)).toEqual({ isAllowed: true })
  })

  it('exactly a large limit is allowed in one process, and another process sees its uses', async () => {
    const [first, second] = [await open(), await open()]
    const key = newKey()
    for (let n = 0; n < 100; n++) expect(await first.take(key, 100)).toEqual({ isAllowed: true })
    expect(await first.take(key, 100)).toMatchObject({ isAllowed: false })
    expect(await second.take(key, 100)).toMatchObject({ isAllowed: false })
    expect(await second.peek(key, 100)).toMatchObject({ isAllowed: false })
  })

  it('processes together allow a large limit, and at most what each had not yet reported', async () => {
    const processes = [await open(), await open(), await open()]
    const key = newKey()
    const turns = await Promise.all(Array.from({ length: 600 }, (_, n) => processes[n % 3]!.take(key, 200)))
    const allowed = turns.filter((turn) => turn.isAllowed).length
    expect(allowed).toBeGreaterThanOrEqual(200)
    expect(allowed).toBeLessThanOrEqual(200 + 2 * 10)
  })

  it('peek sees the uses of its process that are not reported yet', async () => {
    const limiter = await open()
    const key = newKey()
    for (let n = 0; n < 40; n++) await limiter.take(key, 100)
    expect(await limiter.peek(key, 100)).toEqual({ isAllowed: true })
    for (let n = 0; n < 60; n++) await limiter.take(key, 100)
    expect(await limiter.peek(key, 100)).toMatchObject({ isAllowed: false })
  })

  it('keys are counted separately', async () => {
    const limiter = await open()
    for (let n = 0; n < 3; n++) expect(await limiter.take(newKey(), 1)).toEqual({ isAllowed: true })
  })

  it('a process counts alone while the store fails', async () => {
    const own = connectDatabase(database.url, { maxConnections: 1 })
    const limiter = await open(own.sql)
    await Promise.all([limiter.close(), own.close()])
    const key = newKey()
    expect(await limiter.take(key, 1)).toEqual({ isAllowed: true })
    expect(await limiter.take(key, 1)).toMatchObject({ isAllowed: false })
  })
})

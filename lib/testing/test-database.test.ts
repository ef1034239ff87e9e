import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Redis } from 'ioredis'
import { queueBackends } from '@/lib/testing/queue-backends'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

describe('a test database', () => {
  let first: TestDatabase
  let second: TestDatabase
  beforeAll(async () => {
    ;[first, second] = await Promise.all([createTestDatabase(), createTestDatabase()])
  })
  afterAll(() => Promise.all([first.drop(), second.drop()]))

  it('a test database is migrated and separate from other test databases', async () => {
    const tables = () => first.sql`select 1 from information_schema.tables where table_schema = 'bullmq'`
    expect((await tables()).length).toBeGreaterThan(0)
    await first.sql`create table mine (id int)`
    await expect(second.sql`select * from mine`).rejects.toThrow(/does not exist/)
  })
})

it.runIf(queueBackends().length > 1)('the Redis of the tests responds', async () => {
  const redis = new Redis(queueBackends()[1]?.redisUrl ?? '')
  expect(await redis.ping()).toBe('PONG')
  redis.disconnect()
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '@/lib/logger'
import { queueBackends } from '@/lib/testing/queue-backends'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'

describe.each(queueBackends())('queue on $name', ({ redisUrl }) => {
  let database: TestDatabase
  let queue: QueueBackend
  beforeAll(async () => {
    database = await createTestDatabase()
    const log = createLogger({ level: 'silent', process: 'test' })
    queue = await openQueueBackend({ databaseUrl: database.url, redisUrl, log })
  })
  afterAll(async () => {
    await queue.close()
    await database.drop()
  })
  const newQueueName = () => `test-${randomBytes(6).toString('hex')}`

  /** Collects the payloads of a queue's handler; `until` resolves after that many. */
  function collect(queueName: string, act: () => Promise<void> = async () => {}) {
    const got: string[] = []
    const waiting: { size: number; resolve: () => void }[] = []
    const consumer = queue.consume(
      queueName,
      {
        wakeRobot: async ({ robotId }) => {
          got.push(robotId)
          for (const { size, resolve } of waiting) if (got.length >= size) resolve()
          await act()
        },
      },
      { concurrency: 5 },
    )
    const until = (size: number) =>
      new Promise<void>((resolve) => (got.length >= size ? resolve() : waiting.push({ size, resolve })))
    return { got, until, close: () => consumer.close() }
  }

  it('delivers each job to its handler', async () => {
    const name = newQueueName()
    const jobs = collect(name)
    for (const robotId of ['a', 'b', 'c']) await queue.add(name, 'wakeRobot', { robotId })
    await jobs.until(3)
    expect(jobs.got.toSorted()).toEqual(['a', 'b', 'c'])
    await jobs.close()
  })

  it('deduplicates waiting wakes of one robot', async () => {
    const name = newQueueName()
    for (let index = 0; index < 20; index++) await queue.add(name, 'wakeRobot', { robotId: 'same' })
    await queue.add(name, 'wakeRobot', { robotId: 'other' })
    const jobs = collect(name)
    await jobs.until(2)
    await jobs.close()
    expect(jobs.got.toSorted()).toEqual(['other', 'same'])
  })

  it('a wake during a run of the same robot runs once more afterwards', async () => {
    const name = newQueueName()
    let isFirst = true
    const jobs = collect(name, async () => {
      if (!isFirst) return
      isFirst = false
      await queue.add(name, 'wakeRobot', { robotId: 'same' })
    })
    await queue.add(name, 'wakeRobot', { robotId: 'same' })
    await jobs.until(2)
    await jobs.close()
    expect(jobs.got).toEqual(['same', 'same'])
  })

  it('a removed queue has no jobs', async () => {
    const name = newQueueName()
    await queue.add(name, 'wakeRobot', { robotId: 'gone' })
    await queue.remove(name)
    await queue.add(name, 'wakeRobot', { robotId: 'new' })
    const jobs = collect(name)
    await jobs.until(1)
    await jobs.close()
    expect(jobs.got).toEqual(['new'])
  })

  it('a schedule runs at once, is created once, and is created again if the queue has lost it', async () => {
    const name = newQueueName()
    const jobs = collect(name)
    const schedule = () => queue.schedule(name, 'wakeRobot', { robotId: 'hourly' }, { everyMs: 3_600_000 })
    await schedule()
    await jobs.until(1)
    await schedule()
    await jobs.close()
    await queue.remove(name)
    const later = collect(name)
    await schedule()
    await later.until(1)
    await later.close()
    expect([...jobs.got, ...later.got]).toEqual(['hourly', 'hourly'])
  })

  it('responds to a ping', async () => {
    await expect(queue.ping()).resolves.toBeUndefined()
  })

  it('returns the version of its server', async () => {
    expect(await queue.readVersion()).toMatch(/^\d+\.\d+/)
  })
})

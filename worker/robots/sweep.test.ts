import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { workers } from '@/lib/db/schema/session'
import { newId } from '@/lib/id'
import { createLogger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { givenRobot } from '@/lib/testing/factories'
import { queueBackends } from '@/lib/testing/queue-backends'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { sweep } from '@/worker/robots/sweep'

const log = createLogger({ level: 'silent', process: 'test' })
const minuteAgo = sql`clock_timestamp() - interval '61 seconds'` as never
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

async function givenOverdueMessage(): Promise<string> {
  const id = newId('message')
  const robotId = await givenRobot(database.db)
  const columns = { robotId, direction: 'out', type: 'text', content: '你好', state: 'queued' } as const
  await database.db.insert(messages).values({ id, ...columns, deadlineAt: minuteAgo })
  return id
}

describe.each(queueBackends())('a sweep with the queue on $name', ({ redisUrl }) => {
  const openQueue = () => openQueueBackend({ databaseUrl: database.url, redisUrl, log })
  const stateOf = async (id: string) =>
    (await database.db.select({ state: messages.state }).from(messages).where(eq(messages.id, id)))[0]?.state
  const listWorkers = async () => (await database.db.select({ id: workers.id }).from(workers)).map(({ id }) => id)

  it('cancels overdue messages without the queue, and removes a dead worker once the queue is back', async () => {
    const { db } = database
    const [messageId, deadId, livingId] = [await givenOverdueMessage(), newId('worker'), newId('worker')]
    await db.insert(workers).values([
      { id: deadId, hostname: 'h', heartbeatAt: minuteAgo },
      { id: livingId, hostname: 'h' },
    ])
    const closedQueue = await openQueue()
    await closedQueue.close()
    await expect(sweep({ db, queue: closedQueue, log })).rejects.toThrow()
    expect(await stateOf(messageId)).toBe('cancelled')
    expect(await listWorkers()).toEqual(expect.arrayContaining([deadId, livingId]))

    const openedQueue = await openQueue()
    await sweep({ db, queue: openedQueue, log })
    await openedQueue.close()
    expect(await listWorkers()).toEqual([livingId])
    await db.delete(workers)
  })
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commands } from '@/lib/db/schema/command'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { readBacklog } from '@/lib/metrics/read-backlog'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

const ago = (seconds: number) => sql`clock_timestamp() - make_interval(secs => ${seconds})` as never

it('an empty backlog has no robots and no oldest time', async () => {
  expect(await readBacklog(database.db, { limit: 2 })).toEqual({
    messageCount: 0,
    commandCount: 0,
    oldestMs: null,
    robots: [],
  })
})

it('counts all waiting rows and lists the robots that are furthest behind', async () => {
  const { db } = database
  const [busy, late, fresh] = [await givenRobot(db), await givenRobot(db), await givenRobot(db)]
  const wait = (robotId: string, state: 'queued' | 'sending' | 'sent', secondsAgo: number) =>
    db.insert(messages).values({
      id: newId('message'),
      robotId,
      state,
      direction: 'out',
      type: 'text',
      content: '你好',
      createdAt: ago(secondsAgo),
    })
  for (const secondsAgo of [30, 20]) await wait(busy, 'queued', secondsAgo)
  await wait(late, 'sending', 50)
  await wait(late, 'sent', 500)
  await wait(fresh, 'queued', 1)
  const command = { id: newId('command'), robotId: busy, type: 'sync_rooms' as const, deadlineAt: ago(-60) }
  await db.insert(commands).values({ ...command, createdAt: ago(90) })
  const backlog = await readBacklog(db, { limit: 2 })
  expect(backlog).toMatchObject({ messageCount: 4, commandCount: 1 })
  expect(Date.now() - (backlog.oldestMs ?? 0)).toBeGreaterThan(89_000)
  expect(backlog.robots).toMatchObject([
    { id: late, messageCount: 1 },
    { id: busy, messageCount: 2 },
  ])
})

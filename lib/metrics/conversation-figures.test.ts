import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { operators } from '@/lib/db/schema/operator'
import type { ReplySource } from '@/lib/db/types'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { readConversationFigures } from '@/lib/metrics/conversation-figures'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.db.insert(operators).values({ id: 'op_1', email: 'op@wxbot.test', passwordHash: 'none' })
})
afterAll(() => database.drop())

const ago = (seconds: number) => sql`statement_timestamp() - make_interval(secs => ${seconds})` as never

/** Creates a conversation with replies and changes at times in seconds before now. */
async function givenConversation(
  robotId: string,
  replies: [ReplySource, number][],
  entries: [(typeof conversationEntries.$inferInsert)['kind'], number][] = [],
) {
  const id = newId('conversation')
  const peerUsername = `@${id}`
  const last = { lastMessageId: 'none', lastSequence: 1, lastMessageAt: ago(0) }
  await database.db.insert(conversations).values({ id, robotId, peerUsername, ...last })
  for (const [replySource, secondsAgo] of replies)
    await database.db.insert(messages).values({
      id: newId('message'),
      robotId,
      peerUsername,
      replySource,
      direction: 'out',
      type: 'text',
      state: 'sent',
      content: '你好',
      createdAt: ago(secondsAgo),
    })
  for (const [kind, secondsAgo] of entries)
    await database.db
      .insert(conversationEntries)
      .values({ conversationId: id, kind, operatorId: 'op_1', createdAt: ago(secondsAgo) })
}

it('counts each conversation once, for the most personal of its replies, and measures waits and responses per application', async () => {
  const { db } = database
  const applicationId = await givenApplication(db)
  const [robotId, foreignId] = [await givenRobot(db, { applicationId }), await givenRobot(db)]
  await givenConversation(robotId, [
    ['rule', 1000],
    ['rule', 900],
  ])
  await givenConversation(robotId, [
    ['rule', 1000],
    ['model', 900],
  ])
  await givenConversation(robotId, [['callback', 1000]])
  await givenConversation(
    robotId,
    [
      ['model', 1000],
      ['operator', 700],
      ['operator', 600],
    ],
    [
      ['handover_requested', 900],
      ['assigned', 800],
      ['resolved', 500],
    ],
  )
  await givenConversation(robotId, [], [['handover_requested', 300]])
  await givenConversation(foreignId, [['rule', 1000]], [['handover_requested', 300]])

  const { total, points } = await readConversationFigures(db, { range: '1h', timeZone: 'UTC', applicationId })
  expect(total).toMatchObject({ ruleCount: 1, modelCount: 1, callbackCount: 1, operatorCount: 1, requestCount: 2 })
  expect(total).toMatchObject({ resolvedCount: 1 })
  expect(total.typicalResponseMs).toBeCloseTo(200_000, -3)
  expect(total.typicalWaitMs).toBeCloseTo(100_000, -3)
  expect(total.slowWaitMs).toBeGreaterThanOrEqual(300_000)
  expect(total.slowWaitMs).toBeLessThan(330_000)
  expect(points).toHaveLength(60)
  const sum = (key: 'ruleCount' | 'requestCount') => points.reduce((all, point) => all + point[key], 0)
  expect([sum('ruleCount'), sum('requestCount')]).toEqual([3, 2])

  const all = await readConversationFigures(db, { range: '24h', timeZone: 'Asia/Shanghai' })
  expect(all.total).toMatchObject({ ruleCount: 2, requestCount: 3 })
})

it('without conversations all counts are 0 and no times are known', async () => {
  const applicationId = await givenApplication(database.db)
  const { total } = await readConversationFigures(database.db, { range: '7d', timeZone: 'UTC', applicationId })
  expect(total).toMatchObject({ ruleCount: 0, requestCount: 0, typicalWaitMs: null, slowResponseMs: null })
})

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { replyDecisions, replySettings } from '@/lib/db/schema/reply'
import { requestReplies } from '@/lib/reply/request-reply'
import { mergeRooms } from '@/lib/room/merge-rooms'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

async function givenEvents(count: number) {
  const { db } = database
  const applicationId = await givenApplication(db)
  await db.insert(replySettings).values({ applicationId, usesRules: true })
  const robotId = await givenRobot(db, { applicationId })
  const roomId = await givenRoom(db, { robotId, name: '群', username: '@@1' })
  const events = Array.from({ length: count }, (_, index) => ({
    eventKey: `join:${index}`,
    messageId: null,
    roomId,
    peerUsername: null,
    personName: `"小王" ${index} \\`,
    callbackEventId: null,
  }))
  await db.transaction((tx) => requestReplies(tx, { robotId, events }))
  const decisions = () =>
    db.select().from(replyDecisions).where(eq(replyDecisions.robotId, robotId)).orderBy(replyDecisions.sequence)
  return { robotId, roomId, events, decisions }
}

it('a batch of events becomes one decision per event, in its order, with names byte for byte', async () => {
  const { events, decisions } = await givenEvents(20)
  expect((await decisions()).map(({ eventKey, personName }) => [eventKey, personName])).toEqual(
    events.map(({ eventKey, personName }) => [eventKey, personName]),
  )
})

it('decisions about a room follow it when it is merged into another', async () => {
  const { robotId, roomId, decisions } = await givenEvents(1)
  const intoId = await givenRoom(database.db, { robotId, name: '群', username: '@@2' })
  await database.db.transaction((tx) => mergeRooms(tx, { robotId, fromId: roomId, intoId }))
  expect(await decisions()).toMatchObject([{ roomId: intoId }])
})

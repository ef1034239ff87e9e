import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '../db/schema/message'
import { newId } from '../id'
import { givenRobot, givenRoom } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { listLatestMessages } from './list-latest-messages'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

it('shows the latest of all robots, newest first, long ones by their beginning, and nothing of deleted robots', async () => {
  const { db } = database
  const [first, second] = [await givenRobot(db), await givenRobot(db)]
  const deleted = await givenRobot(db, { deletedAt: new Date() })
  const roomId = await givenRoom(db, { robotId: second, name: '售后群', username: '@@1' })
  const say = (robotId: string, content: string, room: string | null = null) => {
    const message = { id: newId('message'), robotId, content, roomId: room, wechatId: content }
    return db.insert(messages).values({ ...message, direction: 'in', type: 'text', state: 'received' })
  }
  await say(first, '一')
  await say(second, '二', roomId)
  await say(deleted, '三')
  await say(first, '四'.repeat(300))
  const latest = await listLatestMessages(db, { limit: 2 })
  expect(latest.map((message) => [message.excerpt, message.roomName])).toEqual([
    ['四'.repeat(200), null],
    ['二', '售后群'],
  ])
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { listLatestMessages } from '@/lib/message/list-messages'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

it('listLatestMessages returns the latest of all robots, newest first, long texts truncated, none of deleted robots', async () => {
  const { db } = database
  const [first, second] = [await givenRobot(db), await givenRobot(db)]
  const deleted = await givenRobot(db, { deletedAt: new Date() })
  const roomId = await givenRoom(db, { robotId: second, name: '售后群', username: '@@1' })
  const receive = (robotId: string, content: string, room: string | null = null) => {
    const message = { id: newId('message'), robotId, content, roomId: room, wechatId: content }
    return db.insert(messages).values({ ...message, direction: 'in', type: 'text', state: 'received' })
  }
  await receive(first, '一')
  await receive(second, '二', roomId)
  await receive(deleted, '三')
  await receive(first, '四'.repeat(300))
  const latest = await listLatestMessages(db, { limit: 2 })
  expect(latest.map((message) => [message.excerpt, message.roomName])).toEqual([
    ['四'.repeat(200), null],
    ['二', '售后群'],
  ])
})

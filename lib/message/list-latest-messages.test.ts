import { sql } from 'drizzle-orm'
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

it('shows the latest of all robots, newest first, and nothing of deleted ones', async () => {
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
  await say(first, '四')
  const latest = await listLatestMessages(db, { limit: 2 })
  expect(latest.map((message) => [message.excerpt, message.roomName])).toEqual([
    ['四', null],
    ['二', '售后群'],
  ])
})

it('shows those alone that may not have arrived, of this week', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  const send = (state: 'sent' | 'refused' | 'unknown', daysAgo: number, content = state as string) => {
    const createdAt = sql`clock_timestamp() - make_interval(days => ${daysAgo})` as never
    const message = { id: newId('message'), robotId, content, state, createdAt }
    return db.insert(messages).values({ ...message, direction: 'out', type: 'text' })
  }
  await send('refused', 8, '旧')
  await send('unknown', 2)
  await send('refused', 1)
  await send('sent', 0, '长'.repeat(300))
  const shown = async (show: 'failed' | 'sent') =>
    (await listLatestMessages(db, { show, limit: 5 })).map(({ excerpt }) => excerpt)
  expect(await shown('failed')).toEqual(['refused', 'unknown'])
  expect(await shown('sent')).toEqual(['长'.repeat(200)])
})

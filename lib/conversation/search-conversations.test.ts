import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { conversationNames, conversations } from '@/lib/db/schema/conversation'
import { roomNames, rooms } from '@/lib/db/schema/room'
import { receiveMessage } from '@/lib/testing/receive-message'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { type ConversationFilters, listConversations } from '@/lib/conversation/list-conversations'

let database: TestDatabase
let robotId: string
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => void (robotId = await givenRobot(database.db)))

let count = 0
/** A person, or a member of a room, writes to the robot. */
const receive = (from: string, senderName: string, { text = '在吗', roomId = null as string | null } = {}) =>
  database.db.transaction((tx) => {
    const message = { robotId, roomId, type: 'text' as const, text, media: null, wechatId: String(++count) }
    return receiveMessage(tx, { ...message, senderUsername: from, senderName }, { mediaUrl: (id) => id })
  })

async function find(search: string, filters: Partial<ConversationFilters> = {}, limit = 50): Promise<string[]> {
  const query = { view: 'all' as const, robotId, search, ...filters }
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await listConversations(database.db, { ...query, limit, cursor })
    found.push(...page.rows.map(({ peerUsername, roomId }) => peerUsername ?? roomId ?? ''))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return found
}

it.each(['Wang', 'wang芳', 'W', '芳', 'g芳 店'])('a search finds a person by %s, ignoring case', async (search) => {
  await receive('@wang', 'Wang芳 店长')
  await receive('@other', '李伟')
  expect(await find(search)).toEqual(['@wang'])
})

it('a search finds a person by the current name only', async () => {
  await receive('@wang', '王芳')
  await receive('@wang', '芳姐')
  expect(await find('芳姐')).toEqual(['@wang'])
  expect(await find('王芳')).toEqual([])
})

it('a search finds a room by its current name, and a room without a conversation is not listed', async () => {
  const { db } = database
  const roomId = await givenRoom(db, { robotId, name: '华南客户群', username: '@@0' })
  await givenRoom(db, { robotId, name: '华南客户群二', username: '@@1' })
  await receive('@wang', '王芳', { roomId })
  expect(await find('华南')).toEqual([roomId])
  await db.update(rooms).set({ name: '华东客户群' }).where(eq(rooms.id, roomId))
  expect(await find('华南')).toEqual([])
  expect(await find('东')).toEqual([roomId])
})

it('the pages of a search contain each conversation once, latest first, found by name or by text', async () => {
  for (let n = 0; n < 7; n++) await receive(`@named${n}`, `老客户${n}`)
  for (let n = 0; n < 7; n++) await receive(`@wrote${n}`, '王芳', { text: `我是老客户 ${n}` })
  await receive('@named3', '老客户3', { text: '老客户又来了' })
  const expected = ['@named3', ...range(7).map((n) => `@wrote${6 - n}`), '@named6', '@named5', '@named4']
  expect(await find('老客户', {}, 3)).toEqual([...expected, '@named2', '@named1', '@named0'])
  expect(await find('户', {}, 4)).toHaveLength(14)
})

it('a search respects the view and the robot', async () => {
  await receive('@open', '陈先生')
  await receive('@closed', '陈小姐')
  await database.db.update(conversations).set({ state: 'closed' }).where(eq(conversations.peerUsername, '@closed'))
  expect(await find('陈', { view: 'open' })).toEqual(['@open'])
  expect(await find('陈', { view: 'closed' })).toEqual(['@closed'])
  expect(await find('陈', { robotId: await givenRobot(database.db) })).toEqual([])
})

it('a name goes with its conversation or room', async () => {
  const { db } = database
  await receive('@gone', '离开的人')
  await db.delete(conversations).where(eq(conversations.peerUsername, '@gone'))
  expect(await db.$count(conversationNames, eq(conversationNames.name, '离开的人'))).toBe(0)
  const roomId = await givenRoom(db, { robotId, name: '解散的群', username: '@@2' })
  expect(await db.$count(roomNames, eq(roomNames.name, '解散的群'))).toBe(1)
  await db.delete(rooms).where(eq(rooms.id, roomId))
  expect(await db.$count(roomNames, eq(roomNames.name, '解散的群'))).toBe(0)
})

const range = (length: number) => Array.from({ length }, (_, index) => index)

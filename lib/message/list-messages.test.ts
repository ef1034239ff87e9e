import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messages } from '../db/schema/message'
import { newId } from '../id'
import { givenRobot, givenRoom } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { listLastMessages } from './list-last-messages'
import { listMessagePage } from './list-message-page'
import { listMessages } from './list-messages'
import { listPlaces } from './list-places'
import type { MessageFilters } from './message-filters'

let database: TestDatabase
let robotId: string
let roomId: string
let otherId: string
const dayMs = 24 * 3_600_000
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs)

type Columns = Partial<typeof messages.$inferInsert>
async function given(content: string, days: number, columns: Columns = {}): Promise<string> {
  const id = newId('message')
  const received = { direction: 'in', state: 'received', type: 'text', senderName: '王芳' } as const
  await database.db.insert(messages).values({ id, robotId, ...received, content, createdAt: daysAgo(days), ...columns })
  return id
}
const sent = (state: 'sent' | 'queued' | 'refused' | 'unknown' | 'cancelled') =>
  ({ direction: 'out', state, senderName: '' }) as const

beforeAll(async () => {
  database = await createTestDatabase()
  robotId = await givenRobot(database.db)
  otherId = await givenRobot(database.db)
  roomId = await givenRoom(database.db, { robotId, name: '群', username: '@@1' })
  await given('很早 草莓', 40, { roomId })
  await given('上周 草莓', 10)
  await given('别家 草莓', 3, { robotId: otherId })
  await given('回了 50%', 2, sent('sent'))
  await given('没成', 1.5, sent('refused'))
  await given('不知', 1, sent('unknown'))
  await given('等一', 0.1, sent('queued'))
  await given('草莓 到了', 0, { roomId, senderName: '李伟' })
})
afterAll(() => database.drop())

const stream = async (filters: MessageFilters & { beforeSequence?: number; limit?: number } = {}) =>
  (await listMessages(database.db, { robotId, limit: 50, ...filters })).map(({ content }) => content)
const page = async (filters: Partial<Parameters<typeof listMessagePage>[1]> = {}) =>
  (await listMessagePage(database.db, { offset: 0, limit: 50, ...filters })).rows.map(({ content }) => content)

describe('listMessages', () => {
  it('pages on from where the last page ended, newest first', async () => {
    const [first, second] = await listMessages(database.db, { robotId, limit: 2 })
    expect([first?.content, second?.content]).toEqual(['草莓 到了', '等一'])
    expect((await stream({ beforeSequence: second?.sequence ?? 0, limit: 2 }))[0]).toBe('不知')
  })

  it.each([
    [{ direction: 'out' }, ['等一', '不知', '没成', '回了 50%']],
    [{ state: 'refused' }, ['没成']],
    [{ state: 'failed' }, ['不知', '没成']],
    [{ search: '%' }, ['回了 50%']],
    [{ search: '李伟' }, ['草莓 到了']],
    [{ since: daysAgo(11), until: daysAgo(1.2) }, ['没成', '回了 50%', '上周 草莓']],
    [{ since: daysAgo(50), until: daysAgo(30) }, ['很早 草莓']],
    [{ since: daysAgo(-1) }, []],
  ] as [MessageFilters, string[]][])('finds by %o', async (filters, found) => {
    expect(await stream(filters)).toEqual(found)
  })

  it('looks for a text 30 days back, further only from a given day on, and for an id everywhere', async () => {
    expect(await stream({ search: '草莓' })).toEqual(['草莓 到了', '上周 草莓'])
    expect(await stream({ search: '草莓', since: daysAgo(60) })).toHaveLength(3)
    const [old] = await database.db.select().from(messages).where(eq(messages.content, '很早 草莓'))
    expect(await stream({ search: old?.id })).toEqual(['很早 草莓'])
  })

  it('finds by room, and tells what was said there last', async () => {
    expect(await stream({ roomId })).toEqual(['草莓 到了', '很早 草莓'])
    const last = await listLastMessages(database.db, { roomIds: [roomId, 'room_none'] })
    expect(last).toMatchObject([{ roomId, excerpt: '草莓 到了', senderName: '李伟' }])
  })
})

describe('listMessagePage', () => {
  it('lists those of all robots by time, or one robot’s; a text 7 days back', async () => {
    expect(await page({ direction: 'in' })).toEqual(['草莓 到了', '别家 草莓', '上周 草莓', '很早 草莓'])
    expect(await page({ robotId: otherId })).toEqual(['别家 草莓'])
    expect(await page({ search: '草莓' })).toEqual(['草莓 到了', '别家 草莓'])
    expect(await page({ robotId, search: '草莓', since: daysAgo(60) })).toHaveLength(3)
  })
})

describe('listPlaces', () => {
  it('counts who waits before, and leaves out what waits no more', async () => {
    const first = await given('等二', 0, sent('queued'))
    const gone = await given('取消', 0, sent('cancelled'))
    const last = await given('等三', 0, sent('queued'))
    const places = await listPlaces(database.db, { robotId, messageIds: [first, gone, last] })
    expect([...places].toSorted((a, b) => a[1] - b[1])).toEqual([
      [first, 2],
      [last, 3],
    ])
  })
})

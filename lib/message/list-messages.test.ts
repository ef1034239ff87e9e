import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { listLastMessagePerRoom, listMessagePage, listMessages } from '@/lib/message/list-messages'
import { listQueuePositions } from '@/lib/message/send-queue'
import type { MessageFilters } from '@/lib/message/message-filters'

let database: TestDatabase
let robotId: string
let roomId: string
let otherId: string
const dayMs = 24 * 3_600_000
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs)

type Columns = Partial<typeof messages.$inferInsert>
async function insert(content: string, days: number, columns: Columns = {}): Promise<string> {
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
  await insert('很早 草莓', 40, { roomId })
  await insert('上周 草莓', 10)
  await insert('别家 草莓', 3, { robotId: otherId })
  await insert('回了 50%', 2, sent('sent'))
  await insert('没成', 1.5, sent('refused'))
  await insert('不知', 1, sent('unknown'))
  await insert('等一', 0.1, sent('queued'))
  await insert('草莓 到了', 0, { roomId, senderName: '李伟' })
})
afterAll(() => database.drop())

const stream = async (filters: MessageFilters & { beforeSequence?: number; limit?: number } = {}) =>
  (await listMessages(database.db, { robotId, limit: 50, ...filters })).map(({ content }) => content)
const page = async (filters: Partial<Parameters<typeof listMessagePage>[1]> = {}) =>
  (await listMessagePage(database.db, { offset: 0, limit: 50, ...filters })).rows.map(({ content }) => content)

describe('listMessages', () => {
  it('continues after the cursor, newest first', async () => {
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
  ] as [MessageFilters, string[]][])('filters by %o', async (filters, expected) => {
    expect(await stream(filters)).toEqual(expected)
  })

  it('finds two Chinese characters at any age, also in a waiting message, and one character within 30 days', async () => {
    expect(await stream({ search: '草莓' })).toEqual(['草莓 到了', '上周 草莓', '很早 草莓'])
    expect(await stream({ search: '等一' })).toEqual(['等一'])
    expect(await stream({ search: '莓草' })).toEqual([])
    expect(await stream({ search: '莓' })).toEqual(['草莓 到了', '上周 草莓'])
    expect(await stream({ search: '莓', since: daysAgo(60) })).toHaveLength(3)
    const [old] = await database.db.select().from(messages).where(eq(messages.content, '很早 草莓'))
    expect(await stream({ search: old?.id })).toEqual(['很早 草莓'])
  })

  it('filters by room; listLastMessagePerRoom returns the last message of a room', async () => {
    expect(await stream({ roomId })).toEqual(['草莓 到了', '很早 草莓'])
    const last = await listLastMessagePerRoom(database.db, { roomIds: [roomId, 'room_none'] })
    expect(last).toMatchObject([{ roomId, excerpt: '草莓 到了', senderName: '李伟' }])
  })
})

describe('listMessagePage', () => {
  it('lists the messages of all robots by time, or of one robot, and searches one character within 7 days', async () => {
    expect(await page({ direction: 'in' })).toEqual(['草莓 到了', '别家 草莓', '上周 草莓', '很早 草莓'])
    expect(await page({ robotId: otherId })).toEqual(['别家 草莓'])
    expect(await page({ search: '莓' })).toEqual(['草莓 到了', '别家 草莓'])
    expect(await page({ search: '草莓' })).toHaveLength(4)
    expect(await page({ robotId, search: '莓', since: daysAgo(60) })).toHaveLength(3)
  })
})

describe('listQueuePositions', () => {
  it('counts the messages ahead, and leaves out messages that are no longer queued', async () => {
    const first = await insert('等二', 0, sent('queued'))
    const gone = await insert('取消', 0, sent('cancelled'))
    const last = await insert('等三', 0, sent('queued'))
    const positions = await listQueuePositions(database.db, { robotId, messageIds: [first, gone, last] })
    expect([...positions].toSorted((a, b) => a[1] - b[1])).toEqual([
      [first, 2],
      [last, 3],
    ])
  })
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callbackEvents } from '@/lib/db/schema/callback'
import { commands } from '@/lib/db/schema/command'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { messages } from '@/lib/db/schema/message'
import { quns } from '@/lib/db/schema/qun'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { deliveredShare } from '@/lib/metrics/delivered-share'
import { readMetrics } from '@/lib/metrics/read-metrics'

let database: TestDatabase
let applicationId: string
let robotId: string
const ago = (seconds: number) => sql`clock_timestamp() - make_interval(secs => ${seconds})`
const read = (range: '1h' | '24h' | '7d' = '1h', timeZone = 'UTC') => readMetrics(database.db, { range, timeZone })

beforeAll(async () => {
  database = await createTestDatabase()
  applicationId = await givenApplication(database.db)
  robotId = await givenRobot(database.db, { applicationId })
})
afterAll(() => database.drop())
beforeEach(async () => {
  await database.db.delete(callbackEvents)
  await database.db.delete(messages)
  await database.db.delete(commands)
})

async function givenMessage(state: (typeof messages.$inferInsert)['state'], secondsAgo: number, takenSeconds?: number) {
  await database.db.insert(messages).values({
    id: newId('message'),
    robotId,
    direction: state === 'received' ? 'in' : 'out',
    type: 'text',
    state,
    content: '你好',
    createdAt: ago(secondsAgo) as never,
    finishedAt: takenSeconds === undefined ? null : (ago(secondsAgo - takenSeconds) as never),
  })
}

async function givenCallback(fields: {
  secondsAgo: number
  delaySeconds?: number
  state?: 'pending' | 'delivered' | 'dead'
  type?: 'test'
}) {
  const { secondsAgo, delaySeconds, state = 'delivered' as const, type = 'send_message' as const } = fields
  const finishedAt = delaySeconds === undefined ? null : (ago(secondsAgo - delaySeconds) as never)
  const row = { id: newId('callbackEvent'), applicationId, lane: 'l', type, data: {}, state, finishedAt }
  await database.db.insert(callbackEvents).values({ ...row, createdAt: ago(secondsAgo) as never })
}

describe('readMetrics', () => {
  it.each([
    ['1h', 60, 60_000],
    ['24h', 24, 3_600_000],
    ['7d', 7, 86_400_000],
  ] as const)(
    'has a point for each minute, hour or day of %s, the last one incomplete',
    async (range, count, lengthMs) => {
      const { points, endsAt } = await read(range)
      expect(points).toHaveLength(count)
      const startsMs = points.map(({ startsAt }) => startsAt.getTime())
      expect(startsMs.every((ms, index) => index === 0 || ms - (startsMs[index - 1] ?? 0) === lengthMs)).toBe(true)
      expect(endsAt.getTime() - (startsMs.at(-1) ?? 0)).toBeLessThan(lengthMs + 1000)
    },
  )

  it("days begin in the viewer's time zone", async () => {
    const { points } = await read('7d', 'Asia/Shanghai')
    expect(points.map(({ startsAt }) => startsAt.toISOString().slice(11))).toEqual(Array(7).fill('16:00:00.000Z'))
  })

  it('counts received, sent and failed messages per bucket; a send cancelled by an operator did not fail', async () => {
    for (const state of ['received', 'received', 'sent', 'refused', 'unknown', 'cancelled', 'cancelled'] as const)
      await givenMessage(state, 600, 1)
    await database.sql`update messages set error_code = 'ILLEGAL_ACTION' where id =
      (select id from messages where state = 'cancelled' limit 1)`
    await givenMessage('received', 2 * 3600)
    const { points, total } = await read()
    expect(total).toMatchObject({ receivedCount: 2, sentCount: 1, failedCount: 3 })
    expect(points.filter(({ receivedCount }) => receivedCount > 0)).toHaveLength(1)
    expect((await read('24h')).total.receivedCount).toBe(3)
  })

  it('counts an equally long previous span', async () => {
    // The current minute is part of the hour, and the previous span is equally long.
    for (const minutesAgo of [10, 70, 80, 90, 150]) await givenMessage('sent', minutesAgo * 60)
    const { total, before } = await read()
    expect([total.sentCount, before.sentCount]).toEqual([1, 3])
  })

  it('counts callbacks by outcome and delay per bucket and in total, without test events; an undelivered one counts as a delay', async () => {
    for (const delaySeconds of [1, 2, 3]) await givenCallback({ secondsAgo: 600, delaySeconds })
    await givenCallback({ secondsAgo: 1200, delaySeconds: 9 })
    await givenCallback({ secondsAgo: 600, delaySeconds: 900, state: 'dead' })
    await givenCallback({ secondsAgo: 600, state: 'pending' })
    await givenCallback({ secondsAgo: 600, delaySeconds: 1, type: 'test' })
    await givenCallback({ secondsAgo: 4000, delaySeconds: 20 })
    const { points, total, before } = await read()
    const busy = points.filter(({ deliveredCount }) => deliveredCount > 0)
    expect(busy).toMatchObject([
      { deliveredCount: 1, deadCount: 0, pendingCount: 0, typicalDelayMs: 9000, slowDelayMs: 9000 },
      { deliveredCount: 3, deadCount: 1, pendingCount: 1, typicalDelayMs: 3000, slowDelayMs: 900_000 },
    ])
    expect(total).toMatchObject({ deliveredCount: 4, deadCount: 1, typicalDelayMs: 3000, slowDelayMs: 900_000 })
    expect(before).toMatchObject({ deliveredCount: 1, deadCount: 0, slowDelayMs: 20_000 })
    expect(points.at(-1)).toMatchObject({ deliveredCount: 0, typicalDelayMs: null })
  })

  it('the delivered share includes pending callbacks: 83 of 172 wait', async () => {
    for (let n = 0; n < 89; n++) await givenCallback({ secondsAgo: 600, delaySeconds: 1 })
    for (let n = 0; n < 83; n++) await givenCallback({ secondsAgo: 600, state: 'pending' })
    const { total } = await read()
    expect(deliveredShare(total)).toBeCloseTo(89 / 172)
    expect(total.typicalDelayMs).toBe(1000)
    expect(total.slowDelayMs).toBeGreaterThanOrEqual(600_000)
    expect(deliveredShare({ deliveredCount: 0, pendingCount: 0, deadCount: 0 })).toBeNull()
  })

  it('counts created quns and joins, without owners', async () => {
    const qunId = newId('qun')
    const texts = { number: qunId, groupCode: qunId, ownerName: '王老板', ownerKey: 'k', name: '群' }
    await database.db.insert(quns).values({ id: qunId, robotId, ...texts, openedAt: ago(300) as never })
    const join = async (role: 'owner' | 'member', joinedAt: unknown) => {
      const contactId = newId('contact')
      await database.db.insert(contacts).values({ id: contactId, robotId, tag: contactId, nickname: '某人' })
      const state = joinedAt ? ('joined' as const) : ('known' as const)
      const row = { id: newId('membership'), qunId, contactId, role, state, joinedAt: joinedAt as never }
      await database.db.insert(memberships).values(row)
    }
    await join('owner', ago(200))
    for (const joinedAt of [ago(100), ago(120), ago(4000), null]) await join('member', joinedAt)
    const { total, before } = await read()
    expect([total.qunCount, total.joinCount, before.joinCount]).toEqual([1, 2, 1])
  })

  it('returns the waiting rows at the end of each minute, computed backwards from the current ones', async () => {
    await givenMessage('queued', 300)
    await givenMessage('sent', 1800, 600)
    const deadlineAt = ago(-60) as never
    await database.db.insert(commands).values({ id: newId('command'), robotId, type: 'login', deadlineAt })
    const { points } = await read()
    const depthAt = (minutesAgo: number) => points.at(-1 - minutesAgo)?.waitingMessageCount
    expect([depthAt(0), depthAt(10), depthAt(25), depthAt(40)]).toEqual([1, 0, 1, 0])
    expect(points.at(-1)?.waitingCommandCount).toBe(1)
    expect(points.at(-2)?.waitingCommandCount).toBe(0)
  })
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callbackEvents } from '../db/schema/callback'
import { commands } from '../db/schema/command'
import { contacts } from '../db/schema/contact'
import { memberships } from '../db/schema/membership'
import { messages } from '../db/schema/message'
import { quns } from '../db/schema/qun'
import { newId } from '../id'
import { givenApplication, givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { readMetrics } from './read-metrics'

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
  ] as const)('has a point for each minute, hour or day of %s, the last under way', async (range, count, lengthMs) => {
    const { points, endsAt } = await read(range)
    expect(points).toHaveLength(count)
    const startsMs = points.map(({ startsAt }) => startsAt.getTime())
    expect(startsMs.every((ms, index) => index === 0 || ms - (startsMs[index - 1] ?? 0) === lengthMs)).toBe(true)
    expect(endsAt.getTime() - (startsMs.at(-1) ?? 0)).toBeLessThan(lengthMs + 1000)
  })

  it("begins days by the viewer's clocks", async () => {
    const { points } = await read('7d', 'Asia/Shanghai')
    expect(points.map(({ startsAt }) => startsAt.toISOString().slice(11))).toEqual(Array(7).fill('16:00:00.000Z'))
  })

  it('counts messages in, out, and those that may not have arrived, each where it was said', async () => {
    for (const state of ['received', 'received', 'sent', 'refused', 'unknown', 'cancelled'] as const)
      await givenMessage(state, 600, 1)
    await givenMessage('received', 2 * 3600)
    const { points, total } = await read()
    expect(total).toMatchObject({ receivedCount: 2, sentCount: 1, failedCount: 2 })
    expect(points.filter(({ receivedCount }) => receivedCount > 0)).toHaveLength(1)
    expect((await read('24h')).total.receivedCount).toBe(3)
  })

  it('counts as long a time before, to compare with', async () => {
    // A minute that has begun is part of the hour, and as much of the time before it.
    for (const minutesAgo of [10, 70, 80, 90, 150]) await givenMessage('sent', minutesAgo * 60)
    const { total, before } = await read()
    expect([total.sentCount, before.sentCount]).toEqual([1, 3])
  })

  it('tells what became of callbacks and how long the delivered ones took, each and in all, without test events', async () => {
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
      { deliveredCount: 3, deadCount: 1, pendingCount: 1, typicalDelayMs: 2000, slowDelayMs: 3000 },
    ])
    expect(total).toMatchObject({ deliveredCount: 4, deadCount: 1, typicalDelayMs: 2000, slowDelayMs: 9000 })
    expect(before).toMatchObject({ deliveredCount: 1, deadCount: 0, slowDelayMs: 20_000 })
    expect(points.at(-1)).toMatchObject({ deliveredCount: 0, typicalDelayMs: null })
  })

  it('counts quns made and people who got in, without owners', async () => {
    const qunId = newId('qun')
    const texts = { number: qunId, code: qunId, ownerName: '王老板', ownerKey: 'k', name: '群' }
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

  it('tells what waited at the end of each minute, reckoned back from what waits now', async () => {
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

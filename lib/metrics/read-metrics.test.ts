import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callbackAttempts, callbackEvents } from '../db/schema/callback'
import { commands } from '../db/schema/command'
import { messages } from '../db/schema/message'
import { newId } from '../id'
import { givenApplication, givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { readMetrics } from './read-metrics'

let database: TestDatabase
let applicationId: string
let robotId: string
const ago = (seconds: number) => sql`clock_timestamp() - make_interval(secs => ${seconds})`
const read = (range: '1h' | '24h' | '7d' = '1h', timeZone = 'UTC') => readMetrics(database.db, { range, timeZone })
const total = (points: Awaited<ReturnType<typeof read>>, name: 'receivedCount' | 'sentCount' | 'failedCount') =>
  points.reduce((sum, point) => sum + point[name], 0)

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

async function givenTry(options: { secondsAgo: number; delaySeconds: number; isDelivered: boolean; type?: 'test' }) {
  const eventId = newId('callbackEvent')
  const { secondsAgo, delaySeconds, isDelivered, type = 'send_message' } = options
  const createdAt = ago(secondsAgo + delaySeconds) as never
  await database.db.insert(callbackEvents).values({ id: eventId, applicationId, lane: 'l', type, data: {}, createdAt })
  const startedAt = ago(secondsAgo) as never
  await database.db
    .insert(callbackAttempts)
    .values({ id: newId('callbackAttempt'), eventId, number: 1, startedAt, durationMs: 250, isDelivered })
}

describe('readMetrics', () => {
  it.each([
    ['1h', 60, 60_000],
    ['24h', 24, 3_600_000],
    ['7d', 7, 86_400_000],
  ] as const)('has a point for each minute, hour or day of %s, the last under way', async (range, count, lengthMs) => {
    const points = await read(range)
    expect(points).toHaveLength(count)
    const startsMs = points.map(({ startsAt }) => startsAt.getTime())
    expect(startsMs.every((ms, index) => index === 0 || ms - (startsMs[index - 1] ?? 0) === lengthMs)).toBe(true)
    expect(Date.now() - (startsMs.at(-1) ?? 0)).toBeLessThan(lengthMs + 1000)
  })

  it("begins days by the viewer's clocks", async () => {
    const points = await read('7d', 'Asia/Shanghai')
    expect(points.map(({ startsAt }) => startsAt.toISOString().slice(11))).toEqual(Array(7).fill('16:00:00.000Z'))
  })

  it('counts messages in, out, and those that may not have arrived, each where it was said', async () => {
    for (const state of ['received', 'received', 'sent', 'refused', 'unknown', 'cancelled'] as const)
      await givenMessage(state, 600, 1)
    await givenMessage('received', 2 * 3600)
    const points = await read()
    expect([total(points, 'receivedCount'), total(points, 'sentCount'), total(points, 'failedCount')]).toEqual([
      2, 1, 2,
    ])
    expect(points.filter(({ receivedCount }) => receivedCount > 0)).toHaveLength(1)
    expect(total(await read('24h'), 'receivedCount')).toBe(3)
  })

  it('tells how many tries got through, and how long the delivered ones took, without test events', async () => {
    for (const delaySeconds of [1, 2, 3]) await givenTry({ secondsAgo: 600, delaySeconds, isDelivered: true })
    await givenTry({ secondsAgo: 600, delaySeconds: 900, isDelivered: false })
    await givenTry({ secondsAgo: 600, delaySeconds: 1, isDelivered: false, type: 'test' })
    const [point] = (await read('24h')).filter(({ deliveredCount }) => deliveredCount > 0)
    expect(point).toMatchObject({ deliveredCount: 3, undeliveredCount: 1 })
    expect(point?.typicalDelayMs).toBeCloseTo(2250, -2)
    expect(point?.slowDelayMs).toBeCloseTo(3150, -2)
    const idle = await read()
    expect(idle.at(-1)).toMatchObject({ deliveredCount: 0, typicalDelayMs: null })
  })

  it('tells what waited at the end of each minute, reckoned back from what waits now', async () => {
    await givenMessage('queued', 300)
    await givenMessage('sent', 1800, 600)
    const deadlineAt = ago(-60) as never
    await database.db.insert(commands).values({ id: newId('command'), robotId, type: 'login', deadlineAt })
    const points = await read()
    const depthAt = (minutesAgo: number) => points.at(-1 - minutesAgo)?.waitingMessageCount
    expect([depthAt(0), depthAt(10), depthAt(25), depthAt(40)]).toEqual([1, 0, 1, 0])
    expect(points.at(-1)?.waitingCommandCount).toBe(1)
    expect(points.at(-2)?.waitingCommandCount).toBe(0)
  })
})

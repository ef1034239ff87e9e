import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackAttempts, callbackEndpoints, callbackEvents } from '@/lib/db/schema/callback'
import { newId } from '@/lib/id'
import { givenApplication } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { deliveredShare } from '@/lib/metrics/delivered-share'
import { applicationLane, testLane } from '@/lib/callback/delivery/lane'
import { getEndpointOrThrow, listEndpointPage } from '@/lib/callback/endpoint/list-endpoints'
import { measureBacklogs, measureAttempts, measureAttemptsOver } from '@/lib/callback/endpoint/health'

let database: TestDatabase
const idOf: Record<string, string> = {}
const callbackUrl = 'http://dev.test/cb'
const defaultEndpoint = (applicationId: string) => ({ applicationId, endpointId: null })
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000)

beforeAll(async () => {
  database = await createTestDatabase()
  for (const name of ['好的', '停的', '断的', '等的', '换过地址的'])
    idOf[name] = await givenApplication(database.db, { name, callbackUrl })
  await givenApplication(database.db, { name: '没有地址的' })
  const standing = (name: string, columns: Partial<typeof callbackEndpoints.$inferInsert>) => {
    const applicationId = idOf[name] ?? ''
    const row = { lane: applicationLane(applicationId), applicationId, url: callbackUrl, ...columns }
    return database.db.insert(callbackEndpoints).values(row)
  }
  await standing('停的', { pausedAt: new Date(), pauseReason: 'gone', failureCount: 9 })
  await standing('断的', { failureCount: 5, heldUntil: secondsAgo(-60) })
  await standing('等的', { failureCount: 1, heldUntil: secondsAgo(-60) })
  await standing('换过地址的', { url: 'http://dev.test/old', failureCount: 50 })
})
afterAll(() => database.drop())

async function givenAttempt(name: string, delaySeconds: number, isDelivered: boolean, lane = applicationLane) {
  const applicationId = idOf[name] ?? ''
  const eventId = newId('callbackEvent')
  const event = { id: eventId, applicationId, lane: lane(applicationId), type: 'send_message' as const, data: {} }
  const state = isDelivered ? ('delivered' as const) : ('pending' as const)
  const finishedAt = isDelivered ? secondsAgo(60) : null
  await database.db
    .insert(callbackEvents)
    .values({ ...event, state, createdAt: secondsAgo(60 + delaySeconds), finishedAt })
  const attempt = { id: newId('callbackAttempt'), eventId, number: 1, durationMs: 250, isDelivered }
  await database.db.insert(callbackAttempts).values({ ...attempt, startedAt: secondsAgo(60) })
}

describe('endpoints', () => {
  const names = async (query: object = {}) =>
    (await listEndpointPage(database.db, { offset: 0, limit: 50, ...query })).rows.map(({ name, state }) => [
      name,
      state,
    ])

  it('endpoints are listed least healthy first; failures of a previous URL do not count', async () => {
    expect(await names()).toEqual([
      ['停的', 'paused'],
      ['断的', 'failing'],
      ['等的', 'held'],
      ['好的', 'healthy'],
      ['换过地址的', 'healthy'],
    ])
  })

  it('endpoints are found by state and by part of a name', async () => {
    expect(await names({ state: 'failing' })).toEqual([['断的', 'failing']])
    expect(await names({ search: '地址' })).toEqual([['换过地址的', 'healthy']])
  })

  it('endpoints can be read one by one, also without a callback URL', async () => {
    expect(await getEndpointOrThrow(database.db, { healthId: idOf['停的'] ?? '' })).toMatchObject({
      pauseReason: 'gone',
      failureCount: 9,
    })
    await expect(getEndpointOrThrow(database.db, { healthId: 'app_none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('the attempts at an endpoint', () => {
  it('the attempts at an endpoint are measured in total and over time, without test events, with waiting events', async () => {
    for (const delaySeconds of [1, 2, 3]) await givenAttempt('好的', delaySeconds, true)
    await givenAttempt('好的', 30, false)
    await givenAttempt('好的', 1, false, testLane)
    const applicationId = idOf['好的'] ?? ''
    const endpoints = [applicationId, idOf['停的'] ?? ''].map(defaultEndpoint)
    const attempts = await measureAttempts(database.db, { endpoints, hours: 24 })
    expect([...attempts.keys()]).toEqual([applicationId])
    const counts = attempts.get(applicationId)
    expect(counts).toMatchObject({ deliveredCount: 3, failedCount: 1, pendingCount: 1, deadCount: 0 })
    expect(counts && deliveredShare({ ...counts })).toBe(0.75)
    // The delays of the four are 1.25 s, 2.25 s, 3.25 s, and 90 s until now.
    expect(counts?.typicalDelayMs).toBeCloseTo(2250, -2)
    expect(counts?.slowDelayMs).toBeGreaterThan(75_000)

    const points = await measureAttemptsOver(database.db, {
      endpoint: defaultEndpoint(applicationId),
      range: '1h',
      timeZone: 'UTC',
    })
    expect(points).toHaveLength(60)
    expect(points.filter(({ deliveredCount }) => deliveredCount > 0)).toMatchObject([{ failedCount: 1 }])
    expect(points.at(-1)).toMatchObject({ pendingCount: 1, deliveredCount: 0 })
    expect(points.at(-1)?.slowDelayMs).toBeGreaterThan(85_000)

    const backlogs = await measureBacklogs(database.db, { endpoints })
    expect([...backlogs]).toEqual([[applicationId, { count: 1, oldestAt: expect.any(Date) }]])
    expect(Date.now() - (backlogs.get(applicationId)?.oldestAt?.getTime() ?? 0)).toBeGreaterThan(85_000)
  })

  it('count by their own start, whenever their event was created, ended or replayed', async () => {
    const applicationId = idOf['等的'] ?? ''
    const givenEvent = async (endedHoursAgo: number | null, ...attemptHoursAgo: number[]) => {
      const id = newId('callbackEvent')
      const event = { id, applicationId, lane: applicationLane(applicationId), type: 'send_message' as const, data: {} }
      const state = endedHoursAgo === null ? ('pending' as const) : ('delivered' as const)
      const finishedAt = endedHoursAgo === null ? null : secondsAgo(endedHoursAgo * 3600 - 1)
      await database.db
        .insert(callbackEvents)
        .values({ ...event, state, createdAt: secondsAgo(100 * 3600), finishedAt })
      for (const [index, hoursAgo] of attemptHoursAgo.entries()) {
        const isDelivered = endedHoursAgo !== null && index === attemptHoursAgo.length - 1
        const attempt = { id: newId('callbackAttempt'), eventId: id, number: index + 1, durationMs: 250, isDelivered }
        await database.db.insert(callbackAttempts).values({ ...attempt, startedAt: secondsAgo(hoursAgo * 3600) })
      }
    }
    await givenEvent(48, 49, 48)
    await givenEvent(2, 30, 3, 2)
    await givenEvent(null, 48, 5)
    const counts = await measureAttempts(database.db, { endpoints: [defaultEndpoint(applicationId)], hours: 24 })
    expect(counts.get(applicationId)).toMatchObject({ deliveredCount: 1, failedCount: 2, pendingCount: 1 })
  })
})

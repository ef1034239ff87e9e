import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applications } from '../db/schema/application'
import { callbackEndpoints, callbackEvents } from '../db/schema/callback'
import { newId } from '../id'
import { givenApplication } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { claimEvents } from './claim-events'
import { applicationLane } from './lane'
import { listDueLanes } from './list-due-lanes'
import { listTroubledEndpoints } from './list-endpoints'
import { nextDueInMs } from './next-due-in'
import { pauseEndpoint } from './pause-endpoint'
import { recordEndpointFailure, recordEndpointSuccess } from './record-endpoint'
import { replayEvents } from './replay-events'
import { resumeEndpoint } from './resume-endpoint'

let database: TestDatabase
let db: TestDatabase['db']
let applicationId: string
let lane: string
const callbackUrl = 'http://dev.test/cb'
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())
beforeEach(async () => {
  applicationId = await givenApplication(db, { callbackUrl })
  lane = applicationLane(applicationId)
  const event = () => ({ id: newId('callbackEvent'), applicationId, lane, type: 'send_message' as const, data: {} })
  await db.insert(callbackEvents).values(Array.from({ length: 12 }, event))
})

const claim = () => claimEvents(db, { lane, limit: 4, claimSeconds: 60 })
const fail = (fields: { isProbe?: boolean; httpStatus?: number; askedSeconds?: number; url?: string } = {}) =>
  recordEndpointFailure(db, {
    event: { lane, applicationId, callbackUrl: fields.url ?? callbackUrl, isProbe: fields.isProbe ?? false },
    httpStatus: fields.httpStatus ?? 500,
    askedSeconds: fields.askedSeconds ?? 0,
    breakerSeconds: 5,
  })
const failTimes = async (count: number) => {
  for (let n = 0; n < count; n++) await fail()
}
const read = async () => (await db.select().from(callbackEndpoints).where(eq(callbackEndpoints.lane, lane)))[0]
const heldSeconds = async () =>
  Math.round(((await read())?.heldUntil?.getTime() ?? Date.now()) / 1000 - Date.now() / 1000)
const set = (columns: Record<string, unknown>) =>
  db.update(callbackEndpoints).set(columns).where(eq(callbackEndpoints.lane, lane))
const endHold = () => set({ heldUntil: sql`clock_timestamp() - interval '1 second'` })
const isDue = async () => (await listDueLanes(db, { afterLane: '', limit: 500 })).includes(lane)

describe('the breaker', () => {
  it('opens after five failures in a row, not before', async () => {
    await failTimes(4)
    expect(await claim()).toHaveLength(4)
    await fail()
    expect(await claim()).toEqual([])
    expect(await heldSeconds()).toBe(5)
    expect(await isDue()).toBe(false)
    expect(await nextDueInMs(db, { lane })).toBeGreaterThan(3000)
  })

  it('lets one probe through when its time is over, and nothing beside it', async () => {
    await failTimes(5)
    await endHold()
    expect(await isDue()).toBe(true)
    const probe = await claim()
    expect(probe).toMatchObject([{ isProbe: true, isEndpointFailing: true }])
    expect(await claim()).toEqual([])
  })

  it('waits twice as long after each failed probe, at most five minutes; tries that were under way change nothing', async () => {
    await failTimes(8)
    expect(await heldSeconds()).toBe(5)
    for (const seconds of [10, 20, 40, 80, 160, 300, 300]) {
      await fail({ isProbe: true })
      expect(await heldSeconds()).toBe(seconds)
    }
  })

  it('closes with a success', async () => {
    await failTimes(5)
    await recordEndpointSuccess(db, { lane })
    expect((await claim()).map(({ isProbe }) => isProbe)).toEqual([false, false, false, false])
  })

  it('is told of to operators, unless the application has another address by now', async () => {
    await failTimes(5)
    const mine = async () =>
      (await listTroubledEndpoints(db)).filter((endpoint) => endpoint.applicationId === applicationId)
    expect(await mine()).toMatchObject([{ url: callbackUrl, state: 'failing', heldUntil: expect.any(Date) }])
    const moved = 'http://dev.test/new'
    await db.update(applications).set({ callbackUrl: moved }).where(eq(applications.id, applicationId))
    expect(await mine()).toEqual([])
    expect(await claim()).toHaveLength(4)
    await fail({ url: moved })
    expect(await read()).toMatchObject({ url: moved, failureCount: 1, heldUntil: null })
  })

  it('probes at once when a replay is asked for', async () => {
    await failTimes(5)
    await db.update(callbackEvents).set({ state: 'dead', finishedAt: new Date() }).where(eq(callbackEvents.lane, lane))
    await db.transaction((tx) => replayEvents(tx, { since: new Date(Date.now() - 60_000), applicationId }))
    expect(await claim()).toMatchObject([{ isProbe: true }])
  })
})

it('an endpoint that asks for time gets it', async () => {
  await fail({ httpStatus: 429, askedSeconds: 90 })
  expect(await heldSeconds()).toBe(90)
  expect(await claim()).toEqual([])
  await endHold()
  expect(await claim()).toHaveLength(4)
})

describe('a pause', () => {
  it('follows a 410, and five days of nothing but failure', async () => {
    expect(await fail({ httpStatus: 410 })).toBe('gone')
    expect(await fail()).toBeNull()
    await set({ failingSince: sql`clock_timestamp() - interval '4 days 23 hours'` })
    expect(await fail()).toBeNull()
    await set({ failingSince: sql`clock_timestamp() - interval '5 days'` })
    expect(await fail()).toBe('failing')
  })

  it('does not follow a single failure long after another', async () => {
    await fail()
    const longAgo = sql`clock_timestamp() - interval '6 days'`
    await set({ failingSince: longAgo, lastFailedAt: longAgo })
    expect(await fail()).toBeNull()
  })

  it('keeps everything until an operator resumes it, and tells the operators’ webhook once', async () => {
    await fail({ httpStatus: 410 })
    const pause = () => db.transaction((tx) => pauseEndpoint(tx, { lane, reason: 'gone', isAlerting: true }))
    const alerts = (await pause()) ?? ''
    expect(await pause()).toBeNull()
    expect(await claimEvents(db, { lane: alerts, limit: 4, claimSeconds: 60 })).toMatchObject([
      { type: 'endpoint_paused', data: { application_id: applicationId, callback_url: callbackUrl, reason: 'gone' } },
    ])
    expect(await fail()).toBeNull()
    await recordEndpointSuccess(db, { lane })
    expect(await claim()).toEqual([])
    expect(await isDue()).toBe(false)
    expect(await nextDueInMs(db, { lane })).toBeNull()
    expect(await db.transaction((tx) => resumeEndpoint(tx, { applicationId }))).toBe(lane)
    expect(await claim()).toHaveLength(4)
  })
})

import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applications } from '@/lib/db/schema/application'
import { callbackEndpoints, callbackEvents } from '@/lib/db/schema/callback'
import { newId } from '@/lib/id'
import { givenApplication } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { claimEvents } from '@/lib/callback/delivery/claim-events'
import { countReplayable, replayEvents } from '@/lib/callback/delivery/replay'
import { alertLane, applicationLane } from '@/lib/callback/delivery/lane'
import { listDueLanes, nextDueInMs } from '@/lib/callback/delivery/due-lanes'
import { listFailingEndpoints } from '@/lib/callback/endpoint/list-endpoints'
import { pauseEndpoint, resumeEndpoint } from '@/lib/callback/endpoint/pause'
import { recordEndpointFailure, recordEndpointSuccess } from '@/lib/callback/endpoint/record-outcome'

let database: TestDatabase
let db: TestDatabase['db']
let applicationId: string
let lane: string
let wokenLanes: string[]
const callbackUrl = 'http://dev.test/cb'
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())
beforeEach(async () => {
  applicationId = await givenApplication(db, { callbackUrl })
  lane = applicationLane(applicationId)
  wokenLanes = []
  database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
  const event = () => ({ id: newId('callbackEvent'), applicationId, lane, type: 'send_message' as const, data: {} })
  await db.insert(callbackEvents).values(Array.from({ length: 12 }, event))
})

const claim = () => claimEvents(db, { lane, limit: 4, claimSeconds: 60 })
const fail = async (
  fields: { isProbe?: boolean; httpStatus?: number; retryAfterSeconds?: number; url?: string } = {},
) => {
  const { pauseReason } = await recordEndpointFailure(db, {
    event: {
      lane,
      applicationId,
      endpointId: null,
      callbackUrl: fields.url ?? callbackUrl,
      isProbe: fields.isProbe ?? false,
    },
    httpStatus: fields.httpStatus ?? 500,
    retryAfterSeconds: fields.retryAfterSeconds ?? 0,
    breakerSeconds: 5,
  })
  return pauseReason
}
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
  it('opens after five consecutive failures, not before', async () => {
    await failTimes(4)
    expect(await claim()).toHaveLength(4)
    await fail()
    expect(await claim()).toEqual([])
    expect(await heldSeconds()).toBe(5)
    expect(await isDue()).toBe(false)
    expect(await nextDueInMs(db, { lane })).toBeGreaterThan(3000)
  })

  it('sends one probe after its hold, and no other event', async () => {
    await failTimes(5)
    await endHold()
    expect(await isDue()).toBe(true)
    const probe = await claim()
    expect(probe).toMatchObject([{ isProbe: true, isEndpointFailing: true }])
    expect(await claim()).toEqual([])
  })

  it('doubles its hold after each failed probe, up to five minutes; attempts in progress do not extend it', async () => {
    await failTimes(8)
    expect(await heldSeconds()).toBe(5)
    for (const seconds of [10, 20, 40, 80, 160, 300, 300]) {
      await fail({ isProbe: true })
      expect(await heldSeconds()).toBe(seconds)
    }
  })

  it('closes after a delivery', async () => {
    await failTimes(5)
    await recordEndpointSuccess(db, { lane })
    expect((await claim()).map(({ isProbe }) => isProbe)).toEqual([false, false, false, false])
  })

  it('the breaker is listed for operators, unless the application has a new callback URL', async () => {
    await failTimes(5)
    const mine = async () =>
      (await listFailingEndpoints(db)).filter((endpoint) => endpoint.applicationId === applicationId)
    expect(await mine()).toMatchObject([{ url: callbackUrl, state: 'failing', heldUntil: expect.any(Date) }])
    const moved = 'http://dev.test/new'
    await db.update(applications).set({ callbackUrl: moved }).where(eq(applications.id, applicationId))
    expect(await mine()).toEqual([])
    expect(await claim()).toHaveLength(4)
    await fail({ url: moved })
    expect(await read()).toMatchObject({ url: moved, failureCount: 1, heldUntil: null })
  })

  it('sends a probe at once on a replay', async () => {
    await failTimes(5)
    await db.update(callbackEvents).set({ state: 'dead', finishedAt: new Date() }).where(eq(callbackEvents.lane, lane))
    await db.transaction((tx) => replayEvents(tx, { since: new Date(Date.now() - 60_000), applicationId }))
    expect(await claim()).toMatchObject([{ isProbe: true }])
  })

  it('holds events that a replay by time takes, although none was attempted', async () => {
    const selection = { since: new Date(Date.now() - 60_000), applicationId }
    expect(await countReplayable(db, selection)).toEqual({ count: 0, waitingCount: 0 })
    await failTimes(5)
    expect(await countReplayable(db, selection)).toEqual({ count: 12, waitingCount: 12 })
    expect(await db.transaction((tx) => replayEvents(tx, selection))).toMatchObject({ count: 12 })
    expect(wokenLanes).toEqual([lane])
    expect(await claim()).toMatchObject([{ isProbe: true }])
  })

  it('counts events of a paused endpoint as not replayable: only a resume sends them', async () => {
    await failTimes(5)
    await set({ pausedAt: new Date() })
    const selection = { since: new Date(Date.now() - 60_000), applicationId }
    expect(await countReplayable(db, selection)).toEqual({ count: 0, waitingCount: 0 })
  })
})

it('an endpoint that sends Retry-After is held for that time', async () => {
  await fail({ httpStatus: 429, retryAfterSeconds: 90 })
  expect(await heldSeconds()).toBe(90)
  expect(await claim()).toEqual([])
  await endHold()
  expect(await claim()).toHaveLength(4)
})

describe('a pause', () => {
  it('follows a 410, and five days without a delivery', async () => {
    expect(await fail({ httpStatus: 410 })).toBe('gone')
    expect(await fail()).toBeNull()
    await set({ failingSince: sql`clock_timestamp() - interval '4 days 23 hours'` })
    expect(await fail()).toBeNull()
    await set({ failingSince: sql`clock_timestamp() - interval '5 days'` })
    expect(await fail()).toBe('failing')
  })

  it('a pause does not follow one failure long after another', async () => {
    await fail()
    const longAgo = sql`clock_timestamp() - interval '6 days'`
    await set({ failingSince: longAgo, lastFailedAt: longAgo })
    expect(await fail()).toBeNull()
  })

  it('keeps the events until an operator resumes the endpoint, and alerts the operators’ webhook once', async () => {
    await fail({ httpStatus: 410 })
    const pause = () => db.transaction((tx) => pauseEndpoint(tx, { lane, reason: 'gone', isAlerting: true }))
    await pause()
    await pause()
    expect(wokenLanes).toEqual([alertLane(applicationId)])
    expect(await claimEvents(db, { lane: alertLane(applicationId), limit: 4, claimSeconds: 60 })).toMatchObject([
      { type: 'endpoint_paused', data: { application_id: applicationId, callback_url: callbackUrl, reason: 'gone' } },
    ])
    expect(await fail()).toBeNull()
    await recordEndpointSuccess(db, { lane })
    expect(await claim()).toEqual([])
    expect(await isDue()).toBe(false)
    expect(await nextDueInMs(db, { lane })).toBeNull()
    await db.transaction((tx) => resumeEndpoint(tx, { applicationId, endpointId: null }))
    expect(wokenLanes).toEqual([alertLane(applicationId), lane])
    expect(await claim()).toHaveLength(4)
  })
})

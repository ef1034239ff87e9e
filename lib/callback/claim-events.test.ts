import { eq, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callbackEvents } from '../db/schema/callback'
import { newId } from '../id'
import { givenApplication, givenRobot, givenRoom } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { claimEvents, type ClaimedEvent } from './claim-events'
import { applicationLane } from './lane'
import { listDueLanes } from './list-due-lanes'
import { listAttempts } from './list-attempts'
import { nextDueInMs } from './next-due-in'
import { recordAttempt } from './record-attempt'
import { replayEvents } from './replay-events'

let database: TestDatabase
let db: TestDatabase['db']
let applicationId: string
let lane: string
let robotId: string
let rooms: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.drop())
beforeEach(async () => {
  applicationId = await givenApplication(db)
  lane = applicationLane(applicationId)
  robotId = await givenRobot(db, { applicationId })
  rooms = await Promise.all([1, 2].map((n) => givenRoom(db, { robotId, name: `群${n}`, username: `@@${n}` })))
})

/** Inserts events in order; each is given by the number of its room, 0 = private. */
async function givenEvents(...roomNumbers: number[]): Promise<string[]> {
  const rows = roomNumbers.map((n) => ({
    id: newId('callbackEvent'),
    applicationId,
    lane,
    type: 'send_message' as const,
    robotId,
    roomId: rooms[n - 1] ?? null,
    data: {},
  }))
  for (const row of rows) await db.insert(callbackEvents).values(row)
  return rows.map((row) => row.id)
}
const claim = (limit = 10) => claimEvents(db, { lane, limit, claimSeconds: 20 })
const idsOf = (events: ClaimedEvent[]) => events.map((event) => event.id)
const record = (event: ClaimedEvent | undefined, isDelivered: boolean, retryAfterSeconds: number | null = 0) =>
  recordAttempt(db, {
    event: event ?? { id: '', claim: '' },
    attempt: {
      startedAt: new Date(),
      durationMs: 3,
      isDelivered,
      httpStatus: isDelivered ? 200 : 500,
      answerExcerpt: '',
      askedSeconds: 0,
      error: isDelivered ? '' : '返回 HTTP 500',
    },
    retryAfterSeconds,
  })
const makeDue = (...ids: string[]) =>
  db
    .update(callbackEvents)
    .set({ nextAttemptAt: sql`clock_timestamp() - interval '1 second'` })
    .where(inArray(callbackEvents.id, ids))
const read = async (id = '') => (await db.select().from(callbackEvents).where(eq(callbackEvents.id, id)))[0]

describe('within a room', () => {
  it('an event waits for its predecessor, rooms do not wait for each other', async () => {
    const [a1, a2, b1] = await givenEvents(1, 1, 2)
    const first = await claim()
    expect(idsOf(first)).toEqual([a1, b1])
    expect(await claim()).toEqual([])
    await record(first[0], true)
    expect(idsOf(await claim())).toEqual([a2])
  })

  it('a successor waits through the predecessor’s first failure and goes after the second', async () => {
    const [a1, a2, a3] = await givenEvents(1, 1, 1)
    await record((await claim())[0], false, 600)
    expect(await claim()).toEqual([])
    await makeDue(a1 ?? '')
    const again = await claim()
    expect(idsOf(again)).toEqual([a1])
    await record(again[0], false, 600)
    const next = await claim()
    expect(idsOf(next)).toEqual([a2])
    await record(next[0], true)
    expect(idsOf(await claim())).toEqual([a3])
    await makeDue(a1 ?? '')
    expect(idsOf(await claim())).toEqual([a1])
  })

  it('a dead event holds nobody', async () => {
    const [, a2] = await givenEvents(1, 1)
    await record((await claim())[0], false, null)
    expect(idsOf(await claim())).toEqual([a2])
  })

  it('private messages wait for nobody', async () => {
    const ids = await givenEvents(0, 0, 0)
    expect(idsOf(await claim())).toEqual(ids)
  })
})

describe('a claim', () => {
  it('is one worker’s only, however many ask at once', async () => {
    const ids = await givenEvents(...Array<number>(30).fill(0))
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(4)))
    const claimed = claims.flatMap(idsOf)
    expect(new Set(claimed).size).toBe(claimed.length)
    const rest = [...claimed, ...idsOf(await claim(30))]
    expect(rest.toSorted()).toEqual(ids.toSorted())
  })

  it('that ran out is given to the next; the late failure of the first then changes nothing, its delivery counts', async () => {
    const [id = ''] = await givenEvents(1)
    const [frozen] = await claim()
    await makeDue(id)
    const [second] = await claim()
    expect(second?.id).toBe(id)
    await record(frozen, false, null)
    expect(await read(id)).toMatchObject({ state: 'pending', attemptCount: 0 })
    await record(frozen, true)
    expect(await read(id)).toMatchObject({ state: 'delivered', attemptCount: 1 })
    await record(second, false, null)
    expect((await read(id))?.state).toBe('delivered')
    expect((await listAttempts(db, id)).map((attempt) => attempt.number)).toEqual([1, 2, 3])
  })

  it('carries what the try needs of its application as it is now', async () => {
    await givenEvents(1)
    const sealed = { signingSecretSealed: 'sealed', callbackTokenSealed: 'sealed' }
    expect((await claim())[0]).toMatchObject({
      applicationId,
      callbackUrl: null,
      isApplicationDisabled: false,
      ...sealed,
    })
  })

  it('A12: carries the next token from the moment of the switch on', async () => {
    await givenEvents(1, 2)
    await database.sql`update applications set next_callback_token_sealed = 'next',
      callback_token_switches_at = clock_timestamp() + interval '1 hour' where id = ${applicationId}`
    expect((await claim(1))[0]).toMatchObject({ callbackTokenSealed: 'sealed' })
    await database.sql`update applications set callback_token_switches_at = clock_timestamp() where id = ${applicationId}`
    expect((await claim(1))[0]).toMatchObject({ callbackTokenSealed: 'next' })
  })
})

describe('lists', () => {
  it('lanes are due when one of their events is; the next try ahead is known', async () => {
    await givenEvents(1, 1)
    const lanes = () => listDueLanes(db, { afterLane: '', limit: 500 })
    expect(await lanes()).toContain(lane)
    expect(await listDueLanes(db, { afterLane: lane, limit: 500 })).not.toContain(lane)
    expect(await nextDueInMs(db, { lane })).toBeNull()
    await record((await claim())[0], false, 30)
    expect(await nextDueInMs(db, { lane })).toBeGreaterThan(25_000)
    await db.update(callbackEvents).set({ state: 'dead' }).where(eq(callbackEvents.lane, lane))
    expect(await lanes()).not.toContain(lane)
  })
})

describe('a replay', () => {
  it('sends again under the same id with a fresh schedule, delivered or dead', async () => {
    const [a1 = '', b1 = ''] = await givenEvents(1, 2)
    const [first, second] = await claim()
    await record(first, true)
    await record(second, false, null)
    const replayed = await db.transaction((tx) => replayEvents(tx, { ids: [a1, b1], applicationId }))
    expect(replayed).toEqual({ count: 2, lanes: [lane], replayId: expect.stringMatching(/^rpl_/) })
    expect(await read(a1)).toMatchObject({ state: 'pending', attemptCount: 0, finishedAt: null })
    expect(idsOf(await claim())).toEqual([a1, b1])
  })

  it('leaves another application’s events and those being tried alone', async () => {
    const ids = await givenEvents(1)
    const foreign = await givenApplication(db)
    await claim()
    for (const selection of [{ ids }, { ids, applicationId: foreign }])
      expect(await db.transaction((tx) => replayEvents(tx, selection))).toMatchObject({ count: 0, lanes: [] })
  })

  it('by time takes what failed since, not what was delivered', async () => {
    const [dead, , waiting] = await givenEvents(1, 2, 0)
    const [first, second, third] = await claim()
    await record(first, false, null)
    await record(second, true)
    await record(third, false, 3600)
    const replay = (since: Date) => db.transaction((tx) => replayEvents(tx, { since, applicationId }))
    expect((await replay(new Date(Date.now() + 60_000))).count).toBe(0)
    expect((await replay(new Date(Date.now() - 60_000))).count).toBe(2)
    expect(new Set(idsOf(await claim()))).toEqual(new Set([dead, waiting]))
  })
})

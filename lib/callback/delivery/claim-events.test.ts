import { eq, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callbackEvents } from '@/lib/db/schema/callback'
import { sentenceOf } from '@/lib/sentence'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { claimEvents, maxFirstDue, type ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { listDueLanes, measureDueLanes, nextDueInMs } from '@/lib/callback/delivery/due-lanes'
import { listAttempts } from '@/lib/callback/event/get-event'
import { recordAttempt } from '@/lib/callback/delivery/record-attempt'
import { replayEvents } from '@/lib/callback/delivery/replay'

let database: TestDatabase
let db: TestDatabase['db']
let applicationId: string
let lane: string
let wokenLanes: string[]
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
  wokenLanes = []
  database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
  robotId = await givenRobot(db, { applicationId })
  rooms = await Promise.all([1, 2].map((n) => givenRoom(db, { robotId, name: `群${n}`, username: `@@${n}` })))
})

/** Inserts one event per given room number, in order; 0: a private message. */
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
      responseExcerpt: '',
      retryAfterSeconds: 0,
      error: isDelivered ? '' : '返回 HTTP 500',
      sentence: isDelivered ? null : sentenceOf('http_status', { status: 500 }),
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
  it('an event waits for its predecessor, and not for other rooms', async () => {
    const [a1, a2, b1] = await givenEvents(1, 1, 2)
    const first = await claim()
    expect(idsOf(first)).toEqual([a1, b1])
    expect(await claim()).toEqual([])
    await record(first[0], true)
    expect(idsOf(await claim())).toEqual([a2])
  })

  it('an event waits until its predecessor has failed twice', async () => {
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

  it('a long backlog behind one event hides no other room and no private message', async () => {
    const [first = ''] = await givenEvents(1)
    await record((await claim())[0], false, 600)
    await givenEvents(...Array<number>(maxFirstDue + 1).fill(1))
    const others = await givenEvents(2, 0, 2)
    expect(idsOf(await claim())).toEqual(others.slice(0, 2))
    await makeDue(first)
    expect(idsOf(await claim())).toEqual([first])
  })

  it('a dead event blocks no other event', async () => {
    const [, a2] = await givenEvents(1, 1)
    await record((await claim())[0], false, null)
    expect(idsOf(await claim())).toEqual([a2])
  })

  it('private messages wait for no other event', async () => {
    const ids = await givenEvents(0, 0, 0)
    expect(idsOf(await claim())).toEqual(ids)
  })
})

describe('a claim', () => {
  it('belongs to one worker, also with concurrent claims', async () => {
    const ids = await givenEvents(...Array<number>(30).fill(0))
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(4)))
    const claimed = claims.flatMap(idsOf)
    expect(new Set(claimed).size).toBe(claimed.length)
    const rest = [...claimed, ...idsOf(await claim(30))]
    expect(rest.toSorted()).toEqual(ids.toSorted())
  })

  it('an event whose claim expired goes to the next worker; a late failure of the first changes nothing, a late delivery counts', async () => {
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

  it('carries the current settings of its application', async () => {
    await givenEvents(1)
    const sealed = { signingSecretSealed: 'sealed', callbackTokenSealed: 'sealed' }
    expect((await claim())[0]).toMatchObject({
      applicationId,
      callbackUrl: null,
      isApplicationDisabled: false,
      ...sealed,
    })
  })

  it('A12: carries the next callback token from the time of the switch', async () => {
    await givenEvents(1, 2)
    await database.sql`update applications set next_callback_token_sealed = 'next',
      callback_token_switches_at = clock_timestamp() + interval '1 hour' where id = ${applicationId}`
    expect((await claim(1))[0]).toMatchObject({ callbackTokenSealed: 'sealed' })
    await database.sql`update applications set callback_token_switches_at = clock_timestamp() where id = ${applicationId}`
    expect((await claim(1))[0]).toMatchObject({ callbackTokenSealed: 'next' })
  })
})

describe('the due lanes', () => {
  it('due lanes contain a lane while one of its events is due; the time of the next attempt is known', async () => {
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

  it('are counted with the age of the event that has been due for longest', async () => {
    await database.sql`update callback_events set state = 'dead' where state = 'pending'`
    expect(await measureDueLanes(db)).toEqual({ count: 0, oldestSeconds: 0 })
    await givenEvents(2, 2)
    await database.sql`update callback_events set next_attempt_at = now() + interval '1 hour' where state = 'pending'`
    expect(await measureDueLanes(db)).toEqual({ count: 0, oldestSeconds: 0 })
    await database.sql`update callback_events set next_attempt_at = now() - interval '1 hour'
      where id in (select id from callback_events where state = 'pending' limit 1)`
    const { count, oldestSeconds } = await measureDueLanes(db)
    expect([count, Math.floor(oldestSeconds / 60)]).toEqual([1, 60])
  })
})

describe('a replay', () => {
  it('makes delivered and dead events due again, with the same id and a new schedule', async () => {
    const [a1 = '', b1 = ''] = await givenEvents(1, 2)
    const [first, second] = await claim()
    await record(first, true)
    await record(second, false, null)
    const replayed = await db.transaction((tx) => replayEvents(tx, { ids: [a1, b1], applicationId }))
    expect(replayed).toEqual({ count: 2, replayId: expect.stringMatching(/^rpl_/) })
    expect(wokenLanes).toEqual([lane])
    expect(await read(a1)).toMatchObject({ state: 'pending', attemptCount: 0, finishedAt: null })
    expect(idsOf(await claim())).toEqual([a1, b1])
  })

  it('a replay does not take events of another application, nor events in an attempt', async () => {
    const ids = await givenEvents(1)
    const foreign = await givenApplication(db)
    await claim()
    for (const selection of [{ ids }, { ids, applicationId: foreign }])
      expect(await db.transaction((tx) => replayEvents(tx, selection))).toMatchObject({ count: 0 })
    expect(wokenLanes).toEqual([])
  })

  it('a replay by time makes only events due that failed since then', async () => {
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

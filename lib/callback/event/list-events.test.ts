import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { getEventOrThrow } from '@/lib/callback/event/get-event'
import { listEventPage } from '@/lib/callback/event/list-events'

let database: TestDatabase
let applicationId: string
let robotId: string
let roomId: string
const idOf: Record<string, string> = {}
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)

beforeAll(async () => {
  database = await createTestDatabase()
  applicationId = await givenApplication(database.db, { name: '优选团购' })
  robotId = await givenRobot(database.db, { applicationId, nickname: '小微' })
  roomId = await givenRoom(database.db, { robotId, name: '幸福里', username: '@@1' })
  await givenEvent('old', {
    createdAt: minutesAgo(90),
    state: 'delivered',
    data: { content: '草莓 50%_off', nickname: '王芳' },
  })
  await givenEvent('dead', { createdAt: minutesAgo(30), state: 'dead', robotId: null, type: 'test', attemptCount: 2 })
  await givenEvent('waiting', { createdAt: minutesAgo(20), roomId, data: { content: '草莓' } })
  await givenEvent('new', { createdAt: minutesAgo(10), roomId })
  for (const [number, responseExcerpt] of ['first', 'database is locked'].entries())
    await database.db.insert(callbackAttempts).values({
      id: newId('callbackAttempt'),
      eventId: idOf['dead'] ?? '',
      number: number + 1,
      startedAt: minutesAgo(30 - number),
      durationMs: 12,
      isDelivered: false,
      httpStatus: 500,
      responseExcerpt,
      error: '返回 HTTP 500',
    })
})
afterAll(() => database.drop())

async function givenEvent(name: string, columns: Partial<typeof callbackEvents.$inferInsert>) {
  const id = newId('callbackEvent')
  idOf[name] = id
  const event = { id, applicationId, lane: 'l', type: 'send_message' as const, robotId, data: {} }
  await database.db.insert(callbackEvents).values({ ...event, ...columns })
}

const list = (query: Partial<Parameters<typeof listEventPage>[1]> = {}) =>
  listEventPage(database.db, { offset: 0, limit: 50, sort: { by: 'created', isDescending: true }, ...query })
const names = async (query: Parameters<typeof list>[0]) =>
  (await list(query)).rows.map(({ id }) => Object.keys(idOf).find((name) => idOf[name] === id))

describe('listEventPage', () => {
  it('pages through all events, newest first, with the total count', async () => {
    const pages = await Promise.all([0, 3].map((offset) => list({ offset, limit: 3, applicationId })))
    expect(pages.map(({ rows, total }) => [rows.length, total])).toEqual([
      [3, 4],
      [1, 4],
    ])
    expect(await names({})).toEqual(['new', 'waiting', 'dead', 'old'])
    expect(await names({ sort: { by: 'attempts', isDescending: true } })).toEqual(['dead', 'new', 'waiting', 'old'])
  })

  it.each([
    [{ state: 'dead' }, ['dead']],
    [{ type: 'test' }, ['dead']],
    [{ applicationId: 'app_other' }, []],
    [{ since: minutesAgo(25) }, ['new', 'waiting']],
    [{ until: minutesAgo(25) }, ['dead', 'old']],
    [{ since: minutesAgo(40), until: minutesAgo(15) }, ['waiting', 'dead']],
    [{ search: '50%_OFF' }, ['old']],
    [{ search: '王芳' }, ['old']],
    [{ search: 'locked' }, ['dead']],
    [{ search: 'HTTP 500' }, ['dead']],
    [{ search: '%%' }, []],
    [{ search: '草莓' }, ['waiting', 'old']],
    [{ search: '草莓', state: 'pending' }, ['waiting']],
    [{ search: '返回 http' }, ['dead']],
    [{ search: '返回 http', isAttemptSearched: false }, []],
  ] as const)('filters by %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  it('finds the id of an event, a robot and a room', async () => {
    expect(await names({ search: idOf['old'] })).toEqual(['old'])
    expect(await names({ robotId })).toEqual(['new', 'waiting', 'old'])
    expect(await names({ search: robotId })).toEqual(['new', 'waiting', 'old'])
    expect(await names({ search: roomId })).toEqual(['new', 'waiting'])
  })

  it('searches a text and an id at any age, one character in the last week unless a period is given', async () => {
    const agesAgo = minutesAgo(8 * 24 * 60)
    const moveOld = (createdAt: Date) =>
      database.db
        .update(callbackEvents)
        .set({ createdAt })
        .where(eq(callbackEvents.id, idOf['old'] ?? ''))
    await moveOld(agesAgo)
    expect(await names({ search: '王芳' })).toEqual(['old'])
    expect(await names({ search: '芳' })).toEqual([])
    expect(await names({ search: '芳', since: agesAgo })).toEqual(['old'])
    expect(await names({ search: idOf['old'] })).toEqual(['old'])
    await moveOld(minutesAgo(90))
  })

  it('returns the names of application and robot, and the last attempt', async () => {
    const [dead] = (await list({ state: 'dead' })).rows
    expect(dead).toMatchObject({ applicationName: '优选团购', lastAttempt: { number: 2 } })
    const [old] = (await list({ until: minutesAgo(60) })).rows
    expect(old).toMatchObject({ robotNickname: '小微', lastAttempt: null })
  })
})

describe('getEventOrThrow', () => {
  const get = (name: string) => getEventOrThrow(database.db, { eventId: idOf[name] ?? '' })

  it('returns the preceding event of the same room, until that has failed twice', async () => {
    expect(await get('new')).toMatchObject({ roomName: '幸福里', aheadId: idOf['waiting'] })
    expect(await get('waiting')).toMatchObject({ aheadId: null })
    await database.sql`update callback_events set attempt_count = 2 where id = ${idOf['waiting'] ?? ''}`
    expect(await get('new')).toMatchObject({ aheadId: null })
  })

  it('throws NOT_FOUND for an unknown id', async () => {
    await expect(get('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { friendRequests } from '@/lib/db/schema/address-book'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'
import { commands } from '@/lib/db/schema/command'
import { media, messages } from '@/lib/db/schema/message'
import { operators, signInFailures, signInOrigins } from '@/lib/db/schema/operator'
import { quns, qunVisits } from '@/lib/db/schema/qun'
import { sessionChanges } from '@/lib/db/schema/session'
import { newId } from '@/lib/id'
import { createLogger } from '@/lib/logger'
import { listChanges } from '@/lib/session/session-changes'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { cleanUp } from '@/worker/retention/clean-up'

const log = createLogger({ level: 'silent', process: 'test' })
let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const daysAgo = (days: number) => sql`clock_timestamp() - make_interval(days => ${days})`
const clean = (signal = new AbortController().signal) =>
  cleanUp({
    db: database.db,
    log,
    days: { responses: 7, events: 30, media: 30, messages: 180, sessionChanges: 90 },
    signal,
  })

async function givenEvent(fields: Record<string, unknown> = {}): Promise<string> {
  const id = newId('callbackEvent')
  const applicationId = await givenApplication(database.db)
  const base = { id, applicationId, lane: `application:${applicationId}`, type: 'send_message' as const, data: {} }
  await database.db.insert(callbackEvents).values({ ...base, ...fields })
  return id
}

it('response texts are deleted after 7 days, their attempts are kept', async () => {
  const { db } = database
  const eventId = await givenEvent()
  const attempt = (number: number, days: number) => ({
    id: newId('callbackAttempt'),
    eventId,
    number,
    startedAt: daysAgo(days),
    durationMs: 3,
    isDelivered: true,
    httpStatus: 200,
    responseExcerpt: 'ok',
  })
  await db.insert(callbackAttempts).values([attempt(1, 8), attempt(2, 6)])
  await clean()
  const kept = await db.select().from(callbackAttempts).orderBy(callbackAttempts.number)
  expect(kept.map(({ responseExcerpt }) => responseExcerpt)).toEqual(['', 'ok'])
})

it('callback events are deleted after 30 days; a pending one only if it has been due for 30 days', async () => {
  const { db } = database
  const old = { createdAt: daysAgo(31) }
  await givenEvent({ ...old, state: 'delivered', finishedAt: daysAgo(31) })
  await givenEvent({ ...old, state: 'dead', finishedAt: daysAgo(30) })
  await givenEvent({ ...old, nextAttemptAt: daysAgo(31) })
  const kept = [
    await givenEvent({ ...old, state: 'delivered', finishedAt: daysAgo(2) }),
    await givenEvent({ ...old }),
    await givenEvent({ createdAt: daysAgo(29), state: 'delivered', finishedAt: daysAgo(29) }),
  ]
  await database.sql`delete from callback_events where created_at > clock_timestamp() - interval '1 day'`
  await clean()
  const left = await db.select({ id: callbackEvents.id }).from(callbackEvents)
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.toSorted())
})

it('files are deleted after 30 days, their messages are kept', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  for (const days of [31, 29]) {
    const messageId = newId('message')
    const stored = { direction: 'in', type: 'image', state: 'received', content: '', wechatId: messageId } as const
    await db.insert(messages).values({ id: messageId, robotId, ...stored })
    const file = { contentType: 'image/png', sizeBytes: 1, bytes: Buffer.from('x') }
    await db.insert(media).values({ id: newId('media'), robotId, messageId, ...file, createdAt: daysAgo(days) })
  }
  await clean()
  expect(await db.$count(media)).toBe(1)
  expect(await db.$count(messages)).toBe(2)
})

it('messages are deleted after 180 days with their files, but not their callback events', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  const say = async (days: number, state: 'received' | 'queued') => {
    const id = newId('message')
    const stored = { direction: state === 'queued' ? 'out' : 'in', type: 'image', content: '', wechatId: id } as const
    await db.insert(messages).values({ id, robotId, state, ...stored, createdAt: daysAgo(days) })
    const file = { contentType: 'image/png', sizeBytes: 1, bytes: Buffer.from('x') }
    await db.insert(media).values({ id: newId('media'), robotId, messageId: id, ...file })
    return id
  }
  const old = await say(181, 'received')
  const kept = [await say(179, 'received'), await say(400, 'queued')]
  const eventId = await givenEvent({ messageId: old })
  await clean()
  const left = await db.select({ id: messages.id }).from(messages).where(eq(messages.robotId, robotId))
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.toSorted())
  expect(await db.$count(media, eq(media.robotId, robotId))).toBe(2)
  const [event] = await db.select().from(callbackEvents).where(eq(callbackEvents.id, eventId))
  expect(event).toMatchObject({ messageId: null })
})

it('commands are deleted 30 days after their end, unfinished ones are kept', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  const of = { robotId, type: 'sync_rooms', createdAt: daysAgo(32), deadlineAt: daysAgo(32) } as const
  const ended = { ...of, state: 'done' } as const
  const [recentId, unfinishedId] = [newId('command'), newId('command')]
  await db.insert(commands).values([
    { ...ended, id: newId('command'), finishedAt: daysAgo(31) },
    { ...ended, id: recentId, finishedAt: daysAgo(29) },
    { ...of, id: unfinishedId, state: 'running' },
  ])
  await clean()
  const left = await db.select({ id: commands.id }).from(commands)
  expect(left.map(({ id }) => id).toSorted()).toEqual([recentId, unfinishedId].toSorted())
})

it("session changes are deleted after 90 days, a robot's latest is kept", async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  const sessionId = await givenSession(db, { robotId })
  const change = { robotId, sessionId }
  await db.insert(sessionChanges).values([
    { ...change, state: 'starting', at: daysAgo(92) },
    { ...change, state: 'waiting_scan', at: daysAgo(89) },
  ])
  await clean()
  expect(await listChanges(db, { robotId, limit: 9 })).toMatchObject([{ state: 'waiting_scan' }])
  await db.update(sessionChanges).set({ at: daysAgo(400) })
  await clean()
  expect(await listChanges(db, { robotId, limit: 9 })).toHaveLength(1)
})

it('failed sign-ins are deleted after 7 days, sign-in origins after 30, join page visits after 180', async () => {
  const { db } = database
  const passwordHash = 'none'
  await db.insert(operators).values({ id: 'op_1', email: 'op@wxbot.test', passwordHash })
  const robotId = await givenRobot(db)
  const qun = { id: 'qun_1', robotId, number: '1', groupCode: 'c', ownerName: 'o', ownerKey: 'k', name: 'n' }
  await db.insert(quns).values(qun)
  for (const days of [1, -1]) {
    await db.insert(signInFailures).values({ email: 'x', network: '10.0.0.1', failedAt: daysAgo(7 + days) })
    const origin = `network:10.0.0.${days}`
    await db.insert(signInOrigins).values({ operatorId: 'op_1', origin, lastSignInAt: daysAgo(30 + days) })
    await db.insert(qunVisits).values({ qunId: 'qun_1', visitor: `v${days}`, firstAt: daysAgo(180 + days) })
  }
  await clean()
  expect([await db.$count(signInFailures), await db.$count(signInOrigins), await db.$count(qunVisits)]).toEqual([
    1, 1, 1,
  ])
  expect(await db.select().from(qunVisits)).toMatchObject([{ visitor: 'v-1' }])
})

it('one run deletes many batches, and a stop ends it', async () => {
  const id = await givenApplication(database.db)
  await database.sql`insert into callback_events (id, application_id, lane, type, data, state, created_at, finished_at)
    select 'evt_old' || n, ${id}, 'application:x', 'send_message', '{}', 'dead', now() - interval '40 days',
      now() - interval '40 days' from generate_series(1, 1200) as n`
  const count = () => database.db.$count(callbackEvents, sql`id like 'evt_old%'`)
  await clean(AbortSignal.abort())
  expect(await count()).toBe(1200)
  await clean()
  expect(await count()).toBe(0)
})

it('decided friend requests are deleted after 180 days, a pending one never', async () => {
  const { db } = database
  const robotId = await givenRobot(db)
  const request = (name: string, state: 'pending' | 'refused', days: number) => ({
    id: newId('friendRequest'),
    robotId,
    username: name,
    nickname: name,
    greeting: '',
    ticket: 'v4',
    state,
    requestedAt: daysAgo(days),
  })
  await db
    .insert(friendRequests)
    .values([request('old', 'refused', 181), request('new', 'refused', 179), request('open', 'pending', 181)])
  await clean()
  const kept = await db.select().from(friendRequests).where(eq(friendRequests.robotId, robotId))
  expect(kept.map(({ username }) => username).toSorted()).toEqual(['new', 'open'])
})

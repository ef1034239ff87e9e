import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { recordAttempt } from '@/lib/callback/delivery/record-attempt'
import { replayEvents } from '@/lib/callback/delivery/replay'
import { measureAttempts, measureAttemptsOver } from '@/lib/callback/endpoint/health'
import { figureChanges, figureHours, figureProgress } from '@/lib/db/schema/figure'
import { messages } from '@/lib/db/schema/message'
import { createLogger } from '@/lib/logger'
import { type MetricCounts, readMetrics } from '@/lib/metrics/read-metrics'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { cleanUp } from '@/worker/retention/clean-up'

const log = createLogger({ level: 'silent', process: 'test' })
const timeZones = ['UTC', 'Asia/Shanghai', 'Asia/Kolkata', 'America/New_York']

let database: TestDatabase
let applicationId: string
const endpointId = 'ept_1'
beforeAll(async () => {
  database = await createTestDatabase()
  applicationId = await givenApplication(database.db)
  const robotId = await givenRobot(database.db, { applicationId })
  // 15 days, a message and an event every 13 minutes, with every state, and delays up to two hours.
  await database.sql`insert into messages (id, robot_id, direction, type, state, content, error_code, created_at, finished_at)
    select 'msg_' || n, ${robotId}, (case state when 'received' then 'in' else 'out' end)::message_direction, 'text', state::message_state,
        '你好', case when n % 2 = 0 then 'ILLEGAL_ACTION' end, created_at,
        case when state not in ('received', 'queued') then created_at + n % 100 * interval '1 minute' end
      from (select n, now() - n * interval '13 minutes' as created_at,
          (array['received', 'sent', 'refused', 'unknown', 'cancelled', 'queued', 'sent'])[1 + n % 7] as state
        from generate_series(1, 1660) as n) as rows where n < 100 or state <> 'queued'`
  await database.sql`insert into callback_events (id, application_id, endpoint_id, lane, type, data, state, created_at, finished_at, next_attempt_at)
    select 'evt_' || n, ${applicationId}, case n % 3 when 2 then ${endpointId} end,
        case when n % 11 = 0 then 'test:x' when n % 3 = 2 then ${`endpoint:${endpointId}`} else ${applicationLane(applicationId)} end,
        case n % 11 when 0 then 'test' else 'send_message' end, '{}',
        (case n % 7 when 0 then 'dead' when 1 then 'pending' else 'delivered' end)::callback_state, created_at,
        case when n % 7 <> 1 then least(created_at + n * n % 7200 * interval '1 second', now()) end, now() - interval '1 minute'
      from (select n, now() - n * interval '13 minutes' as created_at from generate_series(1, 1660) as n) as rows`
  await database.sql`insert into callback_attempts (id, event_id, number, started_at, duration_ms, is_delivered)
    select id || '_' || number, id, number, least(created_at + number * interval '7 minutes', now()), 20, number = 2 and state = 'delivered'
      from callback_events cross join generate_series(1, 2) as number where state <> 'pending'`
})
afterAll(() => database.drop())

const clean = (days = 180) =>
  cleanUp({
    db: database.db,
    log,
    days: { responses: days, events: days, media: days, messages: days, sessionChanges: days },
    signal: new AbortController().signal,
  })

async function readAll() {
  const { db } = database
  const endpoints = [null, endpointId].map((id) => ({ applicationId, endpointId: id }))
  const now = new Date(Math.floor(Date.now() / 600_000) * 600_000)
  const figures = []
  for (const timeZone of timeZones)
    for (const range of ['24h', '7d'] as const) {
      const { points, total, before } = await readMetrics(db, { range, timeZone, now })
      const attempts = await Promise.all(
        endpoints.map((endpoint) => measureAttemptsOver(db, { endpoint, range, timeZone })),
      )
      figures.push({ timeZone, range, points, total, before, attempts })
    }
  const latest = await measureAttempts(db, { endpoints, hours: 24 })
  expect([...latest.keys()].sort()).toEqual([applicationId, endpointId].sort())
  return [...figures, endpoints.map(({ endpointId: id }) => latest.get(id ?? applicationId))]
}

/** Separates the delays, which sums know to 2.5 %, and which grow for those that wait. */
function split(figures: unknown) {
  const delays: (number | null)[] = []
  const counts = JSON.stringify(figures, (key, value: number | null) => {
    if (key !== 'typicalDelayMs' && key !== 'slowDelayMs') return value
    delays.push(value)
    return undefined
  })
  return { counts: JSON.parse(counts) as unknown, delays }
}

/** Compares the figures from sums with those from rows. */
async function expectSumsToEqualRows() {
  const summed = split(await readAll())
  const [progress] = await database.db.delete(figureProgress).returning()
  const counted = split(await readAll())
  if (progress) await database.db.insert(figureProgress).values(progress)
  expect(summed.counts).toEqual(counted.counts)
  for (const [index, delayMs] of summed.delays.entries()) {
    const exactMs = counted.delays[index] ?? null
    expect(delayMs === null).toBe(exactMs === null)
    expect(Math.abs((delayMs ?? 0) - (exactMs ?? 0))).toBeLessThanOrEqual((exactMs ?? 0) * 0.025 + 3000)
  }
}

it('figures from the sums of hours equal those from rows, in each time zone', async () => {
  await clean()
  const [progress] = await database.db.select().from(figureProgress)
  const behindHours = (Date.now() - (progress?.summedUntil.getTime() ?? 0)) / 3_600_000
  expect(behindHours).toBeGreaterThanOrEqual(1)
  expect(behindHours).toBeLessThan(2)
  expect(await database.db.$count(figureHours)).toBeGreaterThan(1000)
  await expectSumsToEqualRows()
})

it('a message sent late, an event delivered late, and a replay change the figures of their past hours', async () => {
  const { db } = database
  const sent = await db.execute(sql`update messages set state = 'sent', finished_at = statement_timestamp()
    where id in (select id from messages where state = 'queued' order by created_at limit 5) returning 1`)
  expect(sent).toHaveLength(5)
  await db.execute(sql`update messages set error_code = 'ILLEGAL_ACTION' where state = 'cancelled'`)
  const attempt = { startedAt: new Date(), durationMs: 9, isDelivered: true, httpStatus: 200, retryAfterSeconds: 0 }
  const event = { id: 'evt_400', claim: '' }
  await db.execute(sql`update callback_events set state = 'pending', finished_at = null where id = 'evt_400'`)
  await recordAttempt(db, {
    event,
    attempt: { ...attempt, responseExcerpt: '', error: '', sentence: null },
    retryAfterSeconds: null,
  })
  const { count } = await db.transaction((tx) =>
    replayEvents(tx, { applicationId, since: new Date(Date.now() - 6 * 86_400_000) }),
  )
  expect(count).toBeGreaterThan(50)
  expect(await db.$count(figureChanges)).toBeGreaterThan(50)
  await expectSumsToEqualRows()
  await clean()
  expect(await db.$count(figureChanges, sql`hour < (select summed_until from figure_progress)`)).toBe(0)
  await expectSumsToEqualRows()
})

it('a change that is not committed when its hour is summed is added afterwards', async () => {
  const { db } = database
  await db.execute(sql`delete from figure_hours where hour >= statement_timestamp() - interval '3 days'`)
  await db.execute(sql`update figure_progress set summed_until =
    date_trunc('hour', statement_timestamp() - interval '3 days', 'UTC') + interval '1 hour'`)
  await db.execute(sql`delete from figure_hours where hour >= (select summed_until from figure_progress)`)
  await db.transaction(async (tx) => {
    await tx.execute(sql`update messages set state = 'unknown' where state = 'sent' and
      created_at > statement_timestamp() - interval '2 days'`)
    await clean()
  })
  expect(await db.$count(figureChanges)).toBeGreaterThan(0)
  await expectSumsToEqualRows()
  await clean()
  await expectSumsToEqualRows()
})

it('figures outlive the rows that retention deletes', async () => {
  const { db } = database
  const read = () => readMetrics(db, { range: '7d', timeZone: 'UTC' })
  const before = await read()
  await clean(2)
  expect(
    await db.$count(messages, sql`created_at < statement_timestamp() - interval '3 days' and state <> 'queued'`),
  ).toBe(0)
  const after = await read()
  const ofMessages = ({ receivedCount, sentCount, failedCount }: MetricCounts) => ({
    receivedCount,
    sentCount,
    failedCount,
  })
  expect(after.points.map(ofMessages)).toEqual(before.points.map(ofMessages))
  expect(after.points[0]?.receivedCount).toBeGreaterThan(0)
  expect([after.total.deliveredCount, after.total.deadCount]).toEqual([
    before.total.deliveredCount,
    before.total.deadCount,
  ])
})

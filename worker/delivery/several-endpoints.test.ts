import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { endpointLane } from '@/lib/callback/delivery/lane'
import { removeEndpoint } from '@/lib/callback/endpoint/change-endpoint'
import { listFailingEndpoints } from '@/lib/callback/endpoint/list-endpoints'
import { resumeEndpoint } from '@/lib/callback/endpoint/pause'
import { listAttempts } from '@/lib/callback/event/get-event'
import { callbackEndpoints, callbackEvents } from '@/lib/db/schema/callback'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { newId } from '@/lib/id'
import { createLogger } from '@/lib/logger'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'
import { enqueueWakes, wakeLane } from '@/lib/queue/wake'
import { createSealer, newAccessToken, newSigningSecret } from '@/lib/secret'
import { givenApplication, givenEndpoint, givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { type Delivery, startDelivery } from '@/worker/delivery/start-delivery'
import { openTestEndpoint, type TestEndpoint } from '@/worker/delivery/testing/open-endpoint'

const log = createLogger({ level: 'silent', process: 'test' })
const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
const policy = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] })
const [defaultSecret, ownSecret] = [newSigningSecret(), newSigningSecret()]

let database: TestDatabase
let queue: QueueBackend
let delivery: Delivery
/** Listens at the default endpoint, and at the additional one. */
let first: TestEndpoint
let second: TestEndpoint
let applicationId: string
let endpointId: string
let roomId: string
beforeEach(async () => {
  database = await createTestDatabase()
  const { db } = database
  queue = await openQueueBackend({ databaseUrl: database.url, redisUrl: undefined, log })
  database.onCommit(enqueueWakes({ queue, log }))
  first = await openTestEndpoint()
  second = await openTestEndpoint()
  applicationId = newId('application')
  await givenApplication(db, {
    id: applicationId,
    callbackUrl: first.url,
    signingSecretSealed: sealer.seal(defaultSecret, `application.signing:${applicationId}`),
    callbackTokenSealed: sealer.seal(newAccessToken(), `application.callback:${applicationId}`),
  })
  endpointId = newId('endpoint')
  const signingSecretSealed = sealer.seal(ownSecret, `endpoint.signing:${endpointId}`)
  await givenEndpoint(db, { id: endpointId, applicationId, url: second.url, signingSecretSealed })
  const robotId = await givenRobot(db, { applicationId })
  roomId = await givenRoom(db, { robotId, name: '一号群', username: '@@1' })
  delivery = startDelivery({ db, queue, sealer, policy, scheduleSeconds: [0, 600, 600], log, stopGraceMs: 50 })
})
afterEach(async () => {
  await delivery.stop()
  for (const endpoint of [first, second]) endpoint.close()
  await queue.close()
  await database.drop()
})

async function record(to: string | null): Promise<string> {
  const id = newId('callbackEvent')
  const lane = endpointLane({ applicationId, endpointId: to })
  const event = { id, applicationId, endpointId: to, lane, type: 'send_message' as const, roomId, data: {} }
  await database.db.insert(callbackEvents).values(event)
  return id
}
const wake = (to: string | null) => wakeLane({ queue, log }, endpointLane({ applicationId, endpointId: to }))
const read = async (id: string) => (await database.db.select().from(callbackEvents).where(eq(callbackEvents.id, id)))[0]
const untilState = (id: string, state: string, attemptCount: number) =>
  vi.waitFor(async () => expect(await read(id)).toMatchObject({ state, attemptCount }), {
    timeout: 20_000,
    interval: 20,
  })
const idsAt = (endpoint: TestEndpoint) => endpoint.received.map(({ headers }) => headers['webhook-id'])
const gone: TestEndpoint['respond'] = (response) => response.writeHead(410).end()

it('a dead endpoint holds up no other endpoint of its application, and a pause concerns only itself', async () => {
  first.respond = gone
  const [one, dead, two] = [await record(endpointId), await record(null), await record(endpointId)]
  await Promise.all([wake(null), wake(endpointId)])
  const received = await second.waitFor(2)
  expect(idsAt(second)).toEqual([one, two])
  for (const { body, headers } of received) new Webhook(ownSecret).verify(body, headers as Record<string, string>)
  await untilState(dead, 'pending', 1)
  await untilState(two, 'delivered', 1)
  expect(await database.db.select().from(callbackEndpoints)).toMatchObject([
    { applicationId, endpointId: null, pauseReason: 'gone' },
  ])

  second.respond = gone
  const three = await record(endpointId)
  await wake(endpointId)
  await untilState(three, 'pending', 1)
  const failing = await listFailingEndpoints(database.db)
  expect(new Set(failing.map(({ id, state }) => `${id} ${state}`))).toEqual(
    new Set([`${applicationId} paused`, `${endpointId} paused`]),
  )
  second.respond = (response) => response.end()
  await database.db.transaction((tx) => resumeEndpoint(tx, { applicationId, endpointId }))
  await database.db
    .update(callbackEvents)
    .set({ nextAttemptAt: sql`clock_timestamp()` })
    .where(eq(callbackEvents.id, three))
  await wake(endpointId)
  await untilState(three, 'delivered', 2)
  expect(await read(dead)).toMatchObject({ state: 'pending', attemptCount: 1 })
})

it('waiting events of a removed endpoint die at once, with an attempt that says why', async () => {
  const id = await record(endpointId)
  await database.sql`update callback_events set next_attempt_at = now() + interval '1 hour', attempt_count = 3 where id = ${id}`
  await database.db.transaction((tx) => removeEndpoint(tx, { applicationId, endpointId }))
  await untilState(id, 'dead', 4)
  expect(await listAttempts(database.db, id)).toMatchObject([{ errorReason: 'endpoint_removed', httpStatus: null }])
  expect(await database.db.$count(callbackEndpoints)).toBe(0)
  expect(second.received).toEqual([])
})

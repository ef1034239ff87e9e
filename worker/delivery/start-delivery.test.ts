import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { listAttempts } from '@/lib/callback/event/get-event'
import { callbackEvents } from '@/lib/db/schema/callback'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { newId } from '@/lib/id'
import { createLogger } from '@/lib/logger'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'
import { enqueueWakes, wakeLane } from '@/lib/queue/wake'
import { createSealer, newAccessToken, newSigningSecret } from '@/lib/secret'
import { captureLog } from '@/lib/testing/capture-log'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { queueBackends } from '@/lib/testing/queue-backends'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { startDelivery, type Delivery, type DeliveryOptions } from '@/worker/delivery/start-delivery'
import { openTestEndpoint, type TestEndpoint } from '@/worker/delivery/testing/open-endpoint'

const log = createLogger({ level: 'silent', process: 'test' })
const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
const policy = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] })
const signingSecret = newSigningSecret()

describe.each(queueBackends())('delivery, queue on $name', ({ redisUrl }) => {
  let database: TestDatabase
  let queue: QueueBackend
  const endpoints: TestEndpoint[] = []
  const deliveries: Delivery[] = []
  beforeEach(async () => {
    database = await createTestDatabase()
    queue = await openQueueBackend({ databaseUrl: database.url, redisUrl, log })
    database.onCommit(enqueueWakes({ queue, log }))
  })
  afterEach(async () => {
    await Promise.all(deliveries.splice(0).map((delivery) => delivery.stop()))
    for (const endpoint of endpoints.splice(0)) endpoint.close()
    await queue.close()
    await database.drop()
  })

  function start(options: Partial<DeliveryOptions> = {}): Delivery {
    const base = { db: database.db, queue, sealer, policy, scheduleSeconds: [0, 600, 600], log, stopGraceMs: 50 }
    const delivery = startDelivery({ ...base, ...options })
    deliveries.push(delivery)
    return delivery
  }

  /** An application with an endpoint and two rooms; `record` inserts an event, `wake` wakes its lane. */
  async function givenTenant() {
    const { db } = database
    const endpoint = await openTestEndpoint()
    endpoints.push(endpoint)
    const applicationId = await givenApplication(db, { callbackUrl: endpoint.url })
    await sealSecrets(applicationId)
    const robotId = await givenRobot(db, { applicationId })
    const rooms = await Promise.all([1, 2].map((n) => givenRoom(db, { robotId, name: `群${n}`, username: `@@${n}` })))
    const lane = applicationLane(applicationId)
    const record = async (roomNumber: number) => {
      const id = newId('callbackEvent')
      const roomId = rooms[roomNumber - 1] ?? null
      const event = {
        id,
        applicationId,
        lane,
        type: 'send_message' as const,
        robotId,
        roomId,
        data: { room_id: roomId },
      }
      await db.insert(callbackEvents).values(event)
      return id
    }
    return { endpoint, applicationId, lane, record, wake: () => wakeLane({ queue, log }, lane) }
  }

  async function sealSecrets(applicationId: string) {
    const signing = sealer.seal(signingSecret, `application.signing:${applicationId}`)
    const callback = sealer.seal(newAccessToken(), `application.callback:${applicationId}`)
    await database.sql`update applications set signing_secret_sealed = ${signing}, callback_token_sealed = ${callback}
      where id = ${applicationId}`
  }

  const read = async (id: string) =>
    (await database.db.select().from(callbackEvents).where(eq(callbackEvents.id, id)))[0]
  const untilState = (id: string, state: string, attemptCount: number) =>
    vi.waitFor(async () => expect(await read(id)).toMatchObject({ state, attemptCount }), {
      timeout: 30_000,
      interval: 10,
    })
  const makeDue = (id: string) =>
    database.db
      .update(callbackEvents)
      .set({ nextAttemptAt: sql`clock_timestamp()` })
      .where(eq(callbackEvents.id, id))
  const idsAt = (endpoint: TestEndpoint) => endpoint.received.map((callback) => callback.headers['webhook-id'])

  it('the messages of a room arrive in order and signed, and each attempt is recorded', async () => {
    const { endpoint, record, wake } = await givenTenant()
    start()
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push(await record(1))
    await wake()
    const received = await endpoint.waitFor(12)
    expect(idsAt(endpoint)).toEqual(ids)
    for (const { body, headers } of received) new Webhook(signingSecret).verify(body, headers as Record<string, string>)
    const sequences = received.map((callback) => Number(callback.headers['wxbot-sequence']))
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b))
    await untilState(ids.at(-1) ?? '', 'delivered', 1)
    expect(await listAttempts(database.db, ids[0] ?? '')).toMatchObject([
      { number: 1, isDelivered: true, httpStatus: 200, error: '', responseExcerpt: '{"retCode":0,"errorMsg":""}' },
    ])
  })

  it('an endpoint is logged at its first failure, when it is held, and when it is paused', async () => {
    const { log: warnLog, lines } = captureLog()
    const { endpoint, record, wake, applicationId } = await givenTenant()
    start({ log: warnLog, scheduleSeconds: [0, 600, 600, 600, 600, 600, 600] })
    const id = await record(1)
    for (const attempts of [1, 2, 3, 4, 5, 6]) {
      endpoint.respond = (response) => response.writeHead(attempts < 6 ? 500 : 410).end()
      await database.sql`update callback_endpoints set held_until = null`
      await makeDue(id)
      await wake()
      await untilState(id, 'pending', attempts)
    }
    const logged = lines.filter(({ msg }) => msg.startsWith('callback endpoint'))
    expect(logged).toMatchObject([
      { applicationId, msg: 'callback endpoint failed', httpStatus: 500 },
      { applicationId, msg: 'callback endpoint keeps failing, its callbacks are held back', failureCount: 5 },
      { applicationId, msg: 'callback endpoint paused', reason: 'gone' },
    ])
    expect(JSON.stringify(logged)).not.toContain(endpoint.url)
  })

  it('a failed event is retried with the same id until it is dead; its room continues after two attempts', async () => {
    const { endpoint, record, wake } = await givenTenant()
    start()
    const bad = await record(1)
    const next = await record(1)
    endpoint.respond = (response, { headers }) =>
      response.writeHead(headers['webhook-id'] === bad ? 503 : 200).end('{"retCode":0}')
    await wake()
    await untilState(bad, 'pending', 1)
    expect((await read(bad))?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 400_000)
    await makeDue(bad)
    await wake()
    await untilState(next, 'delivered', 1)
    await makeDue(bad)
    await wake()
    await untilState(bad, 'dead', 3)
    expect(idsAt(endpoint)).toEqual([bad, bad, next, bad])
    const attempts = await listAttempts(database.db, bad)
    expect(attempts.map(({ number, httpStatus }) => [number, httpStatus])).toEqual([1, 2, 3].map((n) => [n, 503]))
  })

  it('a near retry needs no wake', async () => {
    const { endpoint, record, wake } = await givenTenant()
    start({ scheduleSeconds: [0, 0.05] })
    endpoint.respond = (response) => response.writeHead(endpoint.received.length === 1 ? 500 : 200).end()
    const id = await record(1)
    await wake()
    await untilState(id, 'delivered', 2)
    expect(idsAt(endpoint)).toEqual([id, id])
  })

  it('Retry-After holds the whole endpoint', async () => {
    const { endpoint, record, wake } = await givenTenant()
    start({ scheduleSeconds: [0, 0.01, 0.01] })
    endpoint.respond = (response) => response.writeHead(429, { 'retry-after': '120' }).end()
    const id = await record(1)
    await wake()
    await untilState(id, 'pending', 1)
    const waitSeconds = ((await read(id))?.nextAttemptAt.getTime() ?? 0) / 1000 - Date.now() / 1000
    expect(waitSeconds).toBeGreaterThan(110)
    await record(2)
    await wake()
    await makeDue(id)
    await wake()
    expect(endpoint.received).toHaveLength(1)
  })

  it('an endpoint that stops responding holds its events until a probe is delivered', async () => {
    const { endpoint, record, wake } = await givenTenant()
    start({ scheduleSeconds: [0, 0.2, 600] })
    endpoint.respond = (response) => response.writeHead(500).end()
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push(await record(0))
    await wake()
    await endpoint.waitFor(5)
    endpoint.respond = (response) => response.end()
    for (const id of ids.slice(8)) await untilState(id, 'delivered', 1)
    expect(await database.sql`select 1 from callback_endpoints`).toEqual([])
  })

  it('a 410 pauses the endpoint and alerts the operators’ webhook', async () => {
    const { endpoint, applicationId, record, wake } = await givenTenant()
    const alerts = await openTestEndpoint()
    endpoints.push(alerts)
    start({ alertUrl: alerts.url })
    endpoint.respond = (response) => response.writeHead(410).end()
    const id = await record(1)
    await wake()
    const [alert] = await alerts.waitFor(1)
    expect(JSON.parse(alert?.body ?? '')).toMatchObject({
      action: 'endpoint_paused',
      data: { application_id: applicationId, reason: 'gone' },
    })
    expect(alert?.body).not.toContain('token')
    await makeDue(id)
    await record(2)
    await wake()
    expect(endpoint.received).toHaveLength(1)
  })

  it('an event whose wake job was lost is found by the sweep', async () => {
    const { endpoint, record } = await givenTenant()
    const delivery = start()
    const id = await record(1)
    await delivery.wakeDueLanes()
    await untilState(id, 'delivered', 1)
    expect(idsAt(endpoint)).toEqual([id])
  })

  it('an endpoint that hangs delays neither its other rooms nor other endpoints', async () => {
    const [slow, healthy] = [await givenTenant(), await givenTenant()]
    slow.endpoint.respond = () => {}
    start()
    await slow.record(1)
    await slow.wake()
    await slow.endpoint.waitFor(1)
    await slow.record(2)
    await slow.wake()
    await slow.endpoint.waitFor(2)
    for (let n = 0; n < 8; n++) await healthy.record(1)
    await healthy.wake()
    await healthy.endpoint.waitFor(8)
    expect(slow.endpoint.received).toHaveLength(2)
  })

  it('an endpoint gets a maximum of four concurrent attempts', async () => {
    const { endpoint, record, wake } = await givenTenant()
    const held: Array<() => void> = []
    const peak = { count: 0 }
    endpoint.respond = (response) => {
      held.push(() => response.end())
      peak.count = Math.max(peak.count, held.length)
      if (held.length === 4 || endpoint.received.length === 10) for (const release of held.splice(0)) release()
    }
    start()
    const ids: string[] = []
    for (let n = 0; n < 10; n++) ids.push(await record(0))
    await wake()
    await endpoint.waitFor(10)
    for (const id of ids) await untilState(id, 'delivered', 1)
    expect(peak.count).toBe(4)
  })

  it('two workers never attempt one event at the same time', async () => {
    const { endpoint, record, wake } = await givenTenant()
    const [one, two] = [start(), start()]
    const ids: string[] = []
    for (let n = 0; n < 60; n++) ids.push(await record(n % 3))
    await Promise.all([wake(), one.wakeDueLanes(), two.wakeDueLanes(), wake()])
    await endpoint.waitFor(60)
    await untilState(ids.at(-1) ?? '', 'delivered', 1)
    expect(endpoint.received).toHaveLength(60)
    expect(new Set(idsAt(endpoint))).toEqual(new Set(ids))
  })

  it('a stop aborts attempts that hang and leaves their events due at once', async () => {
    const { endpoint, record, wake } = await givenTenant()
    endpoint.respond = () => {}
    const delivery = start({ scheduleSeconds: [0] })
    const id = await record(1)
    await wake()
    await endpoint.waitFor(1)
    await delivery.stop()
    expect(await read(id)).toMatchObject({ state: 'pending', attemptCount: 1 })
    endpoint.respond = (response) => response.end()
    await start().wakeDueLanes()
    await untilState(id, 'delivered', 2)
  })
})

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import * as robotRoute from '@/app/(api)/robots/[robotId]/route'
import * as boundRoomsRoute from '@/app/(api)/robots/[robotId]/rooms/active/route'
import * as roomsRoute from '@/app/(api)/robots/[robotId]/rooms/route'
import * as contactsRoute from '@/app/(api)/v1/robots/[robotId]/contacts/route'
import * as oneMessageRoute from '@/app/(api)/v1/robots/[robotId]/messages/[messageId]/route'
import * as messageRoute from '@/app/(api)/robots/[robotId]/message/route'
import { createFakeWechat } from '@/bench/budgets/fake-port'
import { startCountedServer, type Cost, type CountedServer } from '@/bench/budgets/counted-server'
import { createApplication } from '@/lib/application/create-application'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { callbackEvents } from '@/lib/db/schema/callback'
import { tokens } from '@/lib/db/schema/application'
import { rooms } from '@/lib/db/schema/room'
import { newId } from '@/lib/id'
import { wakeLane } from '@/lib/queue/wake'
import { callRoute } from '@/lib/testing/call-route'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { openTestEndpoint, type TestEndpoint } from '@/worker/delivery/testing/open-endpoint'
import { startWorker } from '@/worker/start-worker'

/**
 * Maximum cost per unit; the fractions are for what runs by the clock meanwhile: heartbeats, sweeps, counts of rate limits. Change
 * one only with a decision record.
 */
const budgets = {
  send: { statements: 14, commits: 3.6 },
  received: { statements: 3, commits: 1.5 },
  attempt: { statements: 2, commits: 1.2 },
  get: { statements: 2.4, commits: 0.3 },
}

const wechat = createFakeWechat(10)
const units = 200
let server: CountedServer
let web: TestWeb
let worker: { stop(): Promise<void> }
let endpoint: TestEndpoint
let applicationId: string
let robotId: string
let token: string

beforeAll(async () => {
  server = await startCountedServer()
  web = await openTestWeb(server)
  const { db, sealer, env, log } = web.context
  worker = await startWorker({ ...env, WORKER_PORT: 0 }, log, { web: wechat.port })
  endpoint = await openTestEndpoint()
  const tenant = { sealer, name: '测试应用', callbackUrl: endpoint.url, eventTypes: ['send_message' as const] }
  const created = await db.transaction((tx) => createApplication(tx, tenant))
  ;({ token, applicationId } = created)
  await db.update(tokens).set({ rateLimitPerMinute: 1_000_000 })
  robotId = await givenRobot(db, { applicationId })
  await givenSession(db, { robotId, state: 'reconnecting', onlineAt: new Date() })
  await vi.waitUntil(async () => (await readStatus()) === 'online', { timeout: 20_000, interval: 100 })
})
afterAll(async () => {
  await worker?.stop()
  endpoint?.close()
  await web?.close()
  await server?.stop()
})

const readStatus = async () => {
  const { data } = await callRoute(robotRoute, 'GET', { query: { token }, params: { robotId } })
  return (data?.['robot'] as { status: string } | undefined)?.status
}

function expectWithin(cost: Cost, budget: { statements: number; commits: number }): void {
  const text = `${cost.statements.toFixed(2)} statements, ${cost.commits.toFixed(2)} commits\n${cost.report}`
  expect(cost.statements, text).toBeLessThanOrEqual(budget.statements)
  expect(cost.commits, text).toBeLessThanOrEqual(budget.commits)
}

/** Runs `act` for each unit, `concurrency` at a time. */
async function eachUnit(concurrency: number, act: (unit: number) => Promise<unknown>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < units) await act(next++)
    }),
  )
}

/** Waits until all events are delivered, and their attempts recorded. */
const allDelivered = async () => {
  await endpoint.waitFor(units)
  const { db } = web.context
  const isPending = async () => (await db.$count(callbackEvents, eq(callbackEvents.state, 'pending'))) > 0
  await vi.waitUntil(async () => !(await isPending()), { timeout: 20_000, interval: 500 })
  endpoint.received = []
}

it('a send to a robot that is being drained stays within its budget', async () => {
  const [room] = await web.context.db.select().from(rooms).limit(1)
  const send = async (unit: number) => {
    const body = { token, to_user: room?.id, msg_type: 'text', content: `第 ${unit} 条` }
    expect(await callRoute(messageRoute, 'POST', { body, params: { robotId } })).toMatchObject({ retCode: 0 })
  }
  await send(0)
  expectWithin(await server.count(units, () => eachUnit(8, send)), budgets.send)
})

it('a received message in a batch of 20 stays within its budget up to its recorded delivery', async () => {
  const message = (unit: number) => ({
    wechatId: String(unit),
    room: wechat.rooms[unit % wechat.rooms.length] ?? null,
    senderUsername: '@wangfang',
    senderName: '王芳',
    type: 'text' as const,
    text: `第 ${unit} 条`,
    media: null,
  })
  const receive = async () => {
    for (let first = 0; first < units; first += 20) {
      const batch = Array.from({ length: 20 }, (_, index) => message(first + index))
      await wechat.commitBatch(
        batch.map((received) => ({ type: 'message', message: received })),
        `position ${first}`,
      )
    }
    await allDelivered()
  }
  expectWithin(await server.count(units, receive), budgets.received)
})

it('a callback attempt stays within its budget', async () => {
  const { db, queue, log } = web.context
  const lane = applicationLane(applicationId)
  const known = await db.select({ id: rooms.id }).from(rooms)
  const events = Array.from({ length: units }, (_, unit) => ({
    id: newId('callbackEvent'),
    applicationId,
    lane,
    type: 'send_message' as const,
    robotId,
    roomId: known[unit % known.length]?.id ?? null,
    data: { content: `第 ${unit} 条` },
  }))
  await db.insert(callbackEvents).values(events)
  const deliver = async () => {
    await wakeLane({ queue, log }, lane)
    await allDelivered()
  }
  expectWithin(await server.count(units, deliver), budgets.attempt)
})

it.each([
  ['a robot', readStatus],
  ['its rooms', () => callRoute(roomsRoute, 'GET', { query: { token }, params: { robotId } })],
  ['its bound rooms', () => callRoute(boundRoomsRoute, 'GET', { query: { token }, params: { robotId } })],
  ['its contacts', () => callRoute(contactsRoute, 'GET', { query: { token }, params: { robotId } })],
  ['a message', () => callRoute(oneMessageRoute, 'GET', { query: { token }, params: { robotId, messageId: 'msg_x' } })],
])('a read of %s stays within its budget', async (_what, read) => {
  expectWithin(await server.count(units, () => eachUnit(8, read)), budgets.get)
})

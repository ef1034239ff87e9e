import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { anyText, anyValue, type Schema, valueOf } from '@/lib/testing/arbitrary-value'
import { callbackEvents } from '@/lib/db/schema/callback'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { listDashboardHandlers } from '@/lib/testing/list-dashboard-handlers'
import { useDashboard } from '@/lib/testing/use-dashboard'

const requestsPerHandler = 40
/** A slow machine runs fewer requests. */
const timeLimitMs = 1500

const test = useDashboard()
const handlers = await listDashboardHandlers()
let owner: { close(): Promise<void> }
let known: Record<string, string>

beforeAll(async () => {
  const { db } = test
  const applicationId = await givenApplication(db, { callbackUrl: 'http://127.0.0.1:9/cb' })
  const robotId = await givenRobot(db, { applicationId, isAssistant: true })
  await givenSession(db, { robotId })
  const roomId = await givenRoom(db, { robotId, name: '群', username: '@@1' })
  const eventId = newId('callbackEvent')
  const event = { id: eventId, applicationId, robotId, lane: `application:${applicationId}`, data: { content: '?' } }
  await db.insert(callbackEvents).values({ ...event, type: 'send_message' })
  known = { applicationId, robotId, roomId, eventId }
  owner = test.startFakeWorker({ command: () => ({ result: {} }), message: () => ({ state: 'sent', wechatId: '1' }) })
})
afterAll(() => owner.close())

const schemaOf = (shape: z.ZodType | undefined) =>
  (shape ? z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) : {}) as Schema

/** Fields by name: mostly almost valid, otherwise arbitrary; some are missing. */
function fieldsOf(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const ids = fc.constantFrom(...Object.values(known))
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => [
    name,
    fc.oneof(
      { weight: 6, arbitrary: valueOf(one as Schema) },
      { weight: 2, arbitrary: ids },
      { weight: 2, arbitrary: anyValue },
      { weight: 1, arbitrary: fc.constantFrom('rbt_\0', 'room_\ud800') },
    ),
  ])
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] })
}

function bodyOf(schema: Schema): fc.Arbitrary<unknown> {
  const forms = schema.anyOf ?? [schema]
  return fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...forms.map(valueOf)) },
    { weight: 6, arbitrary: fc.oneof(...forms.map(fieldsOf)) },
    { weight: 1, arbitrary: anyValue },
  )
}

const asText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

it.each(handlers)('$name never fails with INTERNAL, whatever the request', async ({ handler, method, ids }) => {
  const { body, query } = handler.shapes
  const pathIds = Object.fromEntries(
    ids.map((name) => [
      name,
      fc.oneof(fc.constant(known[name] ?? 'none'), fc.constantFrom(...Object.values(known)), anyText),
    ]),
  )
  const requests = fc.record({
    ids: fc.record(pathIds),
    body: bodyOf(schemaOf(body)),
    query: fieldsOf(schemaOf(query)),
  })
  const neverInternal = fc.asyncProperty(requests, async (request) => {
    const texts = Object.entries(request.query).map(([name, value]) => [name, asText(value)])
    const call = { ids: request.ids, body: request.body, query: `?${new URLSearchParams(texts)}` }
    const response = await test.asAdmin(handler, method, call)
    expect(response.body?.error?.code).not.toBe('INTERNAL')
  })
  // fast-check prints the seed and the smallest request that fails.
  const limits = { numRuns: requestsPerHandler, interruptAfterTimeLimit: timeLimitMs, seed: 20_261_122 }
  await fc.assert(neverInternal, limits)
})

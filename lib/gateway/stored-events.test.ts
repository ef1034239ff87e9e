import { afterAll, beforeAll, expect, it } from 'vitest'
import { gatewayDevices } from '@/lib/db/schema/gateway'
import { completeEvents, deleteOldEvents, storeEvent } from '@/lib/gateway/stored-events'
import { givenConnector, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { untilBlocked } from '@/lib/testing/until-blocked'

let database: TestDatabase
let robotId: string
let connectorId: string
const store = (number: number, isKept = true) =>
  storeEvent(database.db, { connectorId, appId: 'wx_1', key: `key ${number}`, body: `{"n":${number}}`, isKept })
const waitingCount = async () => (await database.db.select().from(gatewayDevices))[0]?.waitingCount

beforeAll(async () => {
  database = await createTestDatabase()
  connectorId = await givenConnector(database.db, { type: 'gateway' })
  robotId = await givenRobot(database.db, { connection: 'gateway', connectorId })
  await givenSession(database.db, { robotId })
  await database.db.insert(gatewayDevices).values({ robotId, connectorId, appId: 'wx_1' })
})
afterAll(() => database.drop())

it('concurrent events and their repeats are stored once and counted once', async () => {
  const numbers = Array.from({ length: 60 }, (_, index) => index % 20)
  const outcomes = await Promise.all(numbers.map((number) => store(number)))
  expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(20)
  expect(outcomes.filter((outcome) => outcome === 'repeat')).toHaveLength(40)
  expect(await waitingCount()).toBe(20)
  expect(await store(100, false)).toBe('other')
  await completeEvents(database.db, { robotId, upToId: 1_000_000 })
  expect(await waitingCount()).toBe(0)
  expect(await store(3)).toBe('repeat')
})

it.each([
  ['completion', () => completeEvents(database.db, { robotId, upToId: 1_000_000 })],
  ['deletion', () => deleteOldEvents(database.db, { batchSize: 100 })],
])(
  'the %s of events waits for the device before it locks one of them, so that repeats cannot deadlock',
  async (_name, act) => {
    await store(200)
    await database.sql`update gateway_events set created_at = created_at - interval '2 days'`
    let acting: Promise<unknown> | undefined
    await database.sql.begin(async (tx) => {
      await tx`select from gateway_devices where robot_id = ${robotId} for update`
      acting = act()
      await untilBlocked(database)
      expect(await tx`select key from gateway_events where key = 'key 200' for update nowait`).toHaveLength(1)
    })
    await acting
    expect(await waitingCount()).toBe(0)
    await database.sql`delete from gateway_events`
  },
)

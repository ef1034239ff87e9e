import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { tokens } from '@/lib/db/schema/application'
import { callbackEvents } from '@/lib/db/schema/callback'
import { auditEntries } from '@/lib/db/schema/operator'
import { newId } from '@/lib/id'
import { callRoute } from '@/lib/testing/call-route'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as route from '@/app/(api)/v1/callbacks/replay/route'

type Tenant = { applicationId: string; token: string }

let database: TestDatabase
let web: TestWeb
let own: Tenant
let foreign: Tenant
const anHourAgo = new Date(Date.now() - 3_600_000)
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
beforeEach(async () => {
  const { db, sealer } = web.context
  const make = () =>
    db.transaction((tx) => createApplication(tx, { sealer, name: '店', callbackUrl: 'http://dev.test' }))
  ;[own, foreign] = [await make(), await make()]
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

async function givenEnded(state: 'dead' | 'delivered', { applicationId }: Tenant = own): Promise<string> {
  const id = newId('callbackEvent')
  const lane = applicationLane(applicationId)
  const ended = { state, finishedAt: new Date(), attemptCount: 3 }
  await database.db.insert(callbackEvents).values({ id, applicationId, lane, type: 'send_message', data: {}, ...ended })
  return id
}
const replay = (body: object) => callRoute(route, 'POST', { body: { token: own.token, ...body } })
const stateOf = async (id: string) =>
  (await database.db.select().from(callbackEvents).where(eq(callbackEvents.id, id)))[0]?.state

it('replays delivered and dead events by id, and no event of another application', async () => {
  const [dead, delivered, theirs] = [
    await givenEnded('dead'),
    await givenEnded('delivered'),
    await givenEnded('dead', foreign),
  ]
  const response = await replay({ ids: [dead, delivered, theirs, 'evt_unknown'] })
  expect(response).toMatchObject({ status: 200, retCode: 0, data: { count: 2 } })
  expect([await stateOf(dead), await stateOf(delivered), await stateOf(theirs)]).toEqual(['pending', 'pending', 'dead'])
})

it('replays events that failed since a time', async () => {
  const [dead, delivered, theirs] = [
    await givenEnded('dead'),
    await givenEnded('delivered'),
    await givenEnded('dead', foreign),
  ]
  expect((await replay({ since: new Date(Date.now() + 60_000).toISOString() })).data).toEqual({ count: 0 })
  expect((await replay({ since: anHourAgo.toISOString() })).data).toEqual({ count: 1 })
  expect([await stateOf(dead), await stateOf(delivered), await stateOf(theirs)]).toEqual([
    'pending',
    'delivered',
    'dead',
  ])
})

it('records the token in the audit, and no entry if nothing was replayed', async () => {
  const { applicationId: targetId } = own
  const entries = () => database.db.select().from(auditEntries).where(eq(auditEntries.targetId, targetId))
  await replay({ ids: ['evt_unknown'] })
  expect(await entries()).toEqual([])
  await replay({ ids: [await givenEnded('dead'), await givenEnded('delivered')] })
  const [token] = await database.db.select().from(tokens).where(eq(tokens.applicationId, targetId))
  expect(await entries()).toMatchObject([
    { actor: `token:${token?.id}`, action: 'callback.replay', detail: { count: 2 } },
  ])
})

it.each([
  [{}, 'ids'],
  [{ ids: [] }, 'ids'],
  [{ ids: Array(1001).fill('evt_1') }, 'ids'],
  [{ ids: 'evt_1' }, 'ids'],
  [{ ids: [7] }, 'ids'],
  [{ since: 'yesterday' }, 'since'],
])('refuses %j and names the parameter', async (body, parameter) => {
  const response = await replay(body)
  expect(response).toMatchObject({ status: 400, retCode: -1005 })
  expect(response.errorMsg).toContain(parameter)
})

it('accepts the minimum time, which replays all events', async () => {
  await givenEnded('dead')
  expect((await replay({ since: '0000-01-01T00:00:00Z' })).data).toEqual({ count: 1 })
})

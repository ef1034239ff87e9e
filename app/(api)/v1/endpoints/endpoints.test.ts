import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import * as one from '@/app/(api)/v1/endpoints/[endpointId]/route'
import * as resume from '@/app/(api)/v1/endpoints/[endpointId]/resume/route'
import * as rollSecret from '@/app/(api)/v1/endpoints/[endpointId]/roll-secret/route'
import * as test from '@/app/(api)/v1/endpoints/[endpointId]/test/route'
import * as endpoints from '@/app/(api)/v1/endpoints/route'
import { createApplication } from '@/lib/application/create-application'
import { showEndpointSecret } from '@/lib/callback/endpoint/endpoint-secret'
import { callbackEndpoints, callbackEvents } from '@/lib/db/schema/callback'
import { callRoute } from '@/lib/testing/call-route'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let web: TestWeb
let token: string
let applicationId: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
})
beforeEach(async () => {
  const { sealer } = web.context
  const application = { sealer, name: 'a', callbackUrl: 'https://open.feishu.cn/cb?key=url-secret' }
  const created = await database.db.transaction((tx) => createApplication(tx, application))
  token = created.token
  applicationId = created.applicationId
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

type Endpoint = { id: string; name: string; status?: string }
const url = 'https://open.feishu.cn/orders'
const create = async (body: object = {}) => {
  const response = await callRoute(endpoints, 'POST', { body: { token, name: '订单', url, ...body } })
  return { ...response, data: response.data as { endpoint: Endpoint; signing_secret: string } }
}
const list = async () => {
  const { data } = await callRoute(endpoints, 'GET', { query: { token } })
  return data?.['endpoints'] as Endpoint[]
}

it('creates an endpoint with a secret of its own, lists it after the default one, changes and deletes it', async () => {
  const robotId = await givenRobot(database.db, { applicationId })
  const roomId = await givenRoom(database.db, { robotId, name: '一号群', username: '@@1' })
  const headers = [{ name: 'X-Key', value: 'header-secret' }]
  const { data } = await create({ room_ids: [roomId], headers })
  expect(data).toMatchObject({ endpoint: { name: '订单', url, events: ['send_message'], header_names: ['X-Key'] } })
  const endpointId = data.endpoint.id
  expect(await showEndpointSecret(database.db, { sealer: web.context.sealer, endpointId })).toEqual({
    signingSecret: data.signing_secret,
  })
  const listed = await list()
  expect(listed).toMatchObject([
    { id: 'default', name: '', url: 'https://open.feishu.cn/cb?key=•••', status: 'healthy', waiting_count: 0 },
    { id: endpointId, room_ids: [roomId], robot_ids: [], status: 'healthy' },
  ])
  expect(JSON.stringify(listed)).not.toMatch(/header-secret|url-secret|whsec_/)
  const params = { endpointId }
  const changed = await callRoute(one, 'POST', { params, body: { token, events: ['robot_status'], room_ids: [] } })
  expect(changed.data).toMatchObject({ endpoint: { name: '订单', events: ['robot_status'], room_ids: [] } })
  const rolled = await callRoute(rollSecret, 'POST', { params, body: { token } })
  expect(rolled.data?.['signing_secret']).not.toBe(data.signing_secret)
  expect(await callRoute(one, 'DELETE', { params, query: { token } })).toMatchObject({ retCode: 0 })
  expect((await list()).map(({ id }) => id)).toEqual(['default'])
})

it('tests and resumes an additional endpoint and the default one', async () => {
  const { data } = await create()
  const endpointId = data.endpoint.id
  const health = { applicationId, pausedAt: new Date(), pauseReason: 'gone' as const }
  await database.db.insert(callbackEndpoints).values([
    { ...health, lane: `endpoint:${endpointId}`, endpointId, url },
    { ...health, lane: `application:${applicationId}`, url: 'https://open.feishu.cn/cb?key=url-secret' },
  ])
  expect((await list()).map(({ status }) => status)).toEqual(['paused', 'paused'])
  for (const id of [endpointId, 'default']) {
    const params = { endpointId: id }
    expect(await callRoute(resume, 'POST', { params, body: { token } })).toMatchObject({ retCode: 0 })
    const tested = await callRoute(test, 'POST', { params, body: { token } })
    const [event] =
      await database.sql`select endpoint_id from callback_events where id = ${String(tested.data?.['event_id'])}`
    expect(event).toEqual({ endpoint_id: id === 'default' ? null : id })
  }
  expect((await list()).map(({ status }) => status)).toEqual(['healthy', 'healthy'])
  expect(await database.db.$count(callbackEvents)).toBe(2)
})

it.each<[string, object, string]>([
  ['a private address', { url: 'http://10.0.0.1/cb' }, '10.0.0.1'],
  ['no URL', { url: 'orders' }, 'url'],
  ['a reserved header', { headers: [{ name: 'Content-Type', value: 'x' }] }, 'headers'],
  ['a header without a value', { headers: [{ name: 'X-Key', value: '' }] }, 'X-Key'],
  ['an unknown room', { room_ids: ['room_0000000000000000000000'] }, 'room_0000000000000000000000'],
  ['an id that is not a robot', { robot_ids: ['x'] }, 'robot_ids'],
])('refuses %s and names it', async (_what, body, named) => {
  const refused = await callRoute(endpoints, 'POST', { body: { token, name: '订单', url, ...body } })
  expect(refused).toMatchObject({ retCode: -1005, errorMsg: expect.stringContaining(named) })
})

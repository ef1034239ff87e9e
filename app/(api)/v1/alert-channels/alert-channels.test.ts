import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { openChannel } from '@/lib/alert/find-channel'
import { alertChannels, alerts } from '@/lib/db/schema/alert'
import { callRoute } from '@/lib/testing/call-route'
import { givenApplication } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as one from '@/app/(api)/v1/alert-channels/[channelId]/route'
import * as test from '@/app/(api)/v1/alert-channels/[channelId]/test/route'
import * as channels from '@/app/(api)/v1/alert-channels/route'
import * as list from '@/app/(api)/v1/alerts/route'

let database: TestDatabase
let web: TestWeb
let token: string
let applicationId: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { sealer } = web.context
  const application = { sealer, name: 'a', callbackUrl: null }
  const created = await database.db.transaction((tx) => createApplication(tx, application))
  token = created.token
  applicationId = created.applicationId
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

type Channel = { id: string; type: string; name: string; problem: string }
const kinds = ['robot_offline']
const create = async (body: object) => {
  const response = await callRoute(channels, 'POST', { body: { token, name: '值班', kinds, ...body } })
  return { ...response, data: response.data as { channel: Channel; signing_secret: string } }
}
const opened = async () => {
  const rows = await database.db.select().from(alertChannels)
  return rows.map((row) => openChannel(row, web.context.sealer))
}

it('creates a webhook with a generated secret that is returned once, changes, tests and deletes it', async () => {
  const { data } = await create({ type: 'webhook', url: 'https://open.feishu.cn/alerts?key=url-secret' })
  expect(data).toMatchObject({
    channel: { type: 'webhook', problem: '' },
    signing_secret: expect.stringMatching(/^whsec_/),
  })
  expect(await opened()).toMatchObject([{ applicationId, secrets: { signingSecret: data.signing_secret } }])
  const params = { channelId: data.channel.id }
  await callRoute(one, 'POST', { params, body: { token, name: '新的', enabled: false } })
  expect(await opened()).toMatchObject([
    { name: '新的', isEnabled: false, kinds, secrets: { signingSecret: data.signing_secret } },
  ])
  const shown = await callRoute(channels, 'GET', { query: { token } })
  expect(JSON.stringify(shown)).not.toMatch(/url-secret|whsec_/)
  await callRoute(test, 'POST', { params, body: { token } })
  const due = await database.sql`select test_requested_at is not null as "isDue" from alert_channels`
  expect(due).toMatchObject([{ isDue: true }])
  await callRoute(one, 'DELETE', { params, query: { token } })
  expect(await opened()).toEqual([])
})

it('creates an email channel, whose password can be changed alone', async () => {
  const settings = { host: 'smtp.example.com', from: 'a@example.com', to: ['b@example.com'] }
  const { data } = await create({ type: 'email', mail: { ...settings, user: 'me' }, secret: 'first' })
  await callRoute(one, 'POST', { params: { channelId: data.channel.id }, body: { token, secret: 'second' } })
  expect(await opened()).toMatchObject([
    { settings: { ...settings, port: 465 }, secrets: { user: 'me', password: 'second' } },
  ])
  await callRoute(one, 'DELETE', { params: { channelId: data.channel.id }, query: { token } })
})

it.each([
  ['a private address', { type: 'feishu', url: 'http://10.0.0.1/hook' }],
  ['a missing address', { type: 'dingtalk' }],
  ['a missing mail server', { type: 'email' }],
])('refuses %s', async (_what, body) => {
  expect((await create(body)).retCode).toBe(-1005)
  expect(await opened()).toEqual([])
})

it("lists the application's own alerts, newest first", async () => {
  const alert = (id: string, owner: string, openedAt: string) => ({
    id,
    kind: 'robot_offline' as const,
    targetId: `rbt_${id}`,
    applicationId: owner,
    params: {},
    openedAt: new Date(openedAt),
  })
  const other = await givenApplication(database.db)
  await database.db
    .insert(alerts)
    .values([
      alert('1', applicationId, '2026-01-01'),
      alert('2', applicationId, '2026-01-02'),
      alert('3', other, '2026-01-03'),
    ])
  const { data } = await callRoute(list, 'GET', { query: { token } })
  expect(data).toMatchObject({ alerts: [{ id: '2' }, { id: '1', closed_at: null }] })
})

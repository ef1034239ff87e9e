import { expect, it } from 'vitest'
import { openChannel } from '@/lib/alert/find-channel'
import { alertChannels, alerts } from '@/lib/db/schema/alert'
import { callRoute } from '@/lib/testing/call-route'
import { givenApplication } from '@/lib/testing/factories'
import { useTenant } from '@/lib/testing/use-tenant'
import * as one from '@/app/(api)/v1/alert-channels/[channelId]/route'
import * as test from '@/app/(api)/v1/alert-channels/[channelId]/test/route'
import * as channels from '@/app/(api)/v1/alert-channels/route'
import * as list from '@/app/(api)/v1/alerts/route'

const tenant = useTenant()

type Channel = { id: string; type: string; name: string; problem: string }
const kinds = ['robot_offline']
const create = async (body: object) => {
  const response = await callRoute(channels, 'POST', { body: { token: tenant.token, name: '值班', kinds, ...body } })
  return { ...response, data: response.data as { channel: Channel; signing_secret: string } }
}
const opened = async () => {
  const rows = await tenant.db.select().from(alertChannels)
  return rows.map((row) => openChannel(row, tenant.web.context.sealer))
}

it('creates a webhook with a generated secret that is returned once, changes, tests and deletes it', async () => {
  const { data } = await create({ type: 'webhook', url: 'https://open.feishu.cn/alerts?key=url-secret' })
  expect(data).toMatchObject({
    channel: { type: 'webhook', problem: '' },
    signing_secret: expect.stringMatching(/^whsec_/),
  })
  expect(await opened()).toMatchObject([
    { applicationId: tenant.applicationId, secrets: { signingSecret: data.signing_secret } },
  ])
  const params = { channelId: data.channel.id }
  await callRoute(one, 'POST', { params, body: { token: tenant.token, name: '新的', enabled: false } })
  expect(await opened()).toMatchObject([
    { name: '新的', isEnabled: false, kinds, secrets: { signingSecret: data.signing_secret } },
  ])
  const shown = await callRoute(channels, 'GET', { query: { token: tenant.token } })
  expect(JSON.stringify(shown)).not.toMatch(/url-secret|whsec_/)
  await callRoute(test, 'POST', { params, body: { token: tenant.token } })
  const due = await tenant.sql`select test_requested_at is not null as "isDue" from alert_channels`
  expect(due).toMatchObject([{ isDue: true }])
  await callRoute(one, 'DELETE', { params, query: { token: tenant.token } })
  expect(await opened()).toEqual([])
})

it('creates an email channel, whose password can be changed alone', async () => {
  const settings = { host: 'smtp.example.com', from: 'a@example.com', to: ['b@example.com'] }
  const { data } = await create({ type: 'email', mail: { ...settings, user: 'me' }, secret: 'first' })
  await callRoute(one, 'POST', {
    params: { channelId: data.channel.id },
    body: { token: tenant.token, secret: 'second' },
  })
  expect(await opened()).toMatchObject([
    { settings: { ...settings, port: 465 }, secrets: { user: 'me', password: 'second' } },
  ])
  await callRoute(one, 'DELETE', { params: { channelId: data.channel.id }, query: { token: tenant.token } })
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
  const other = await givenApplication(tenant.db)
  await tenant.db
    .insert(alerts)
    .values([
      alert('1', tenant.applicationId, '2026-01-01'),
      alert('2', tenant.applicationId, '2026-01-02'),
      alert('3', other, '2026-01-03'),
    ])
  const { data } = await callRoute(list, 'GET', { query: { token: tenant.token } })
  expect(data).toMatchObject({ alerts: [{ id: '2' }, { id: '1', closed_at: null }] })
})

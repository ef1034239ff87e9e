import { and, asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openChannel } from '@/lib/alert/find-channel'
import { alertChannels, alerts } from '@/lib/db/schema/alert'
import { auditEntries } from '@/lib/db/schema/operator'
import { webContext } from '@/lib/http/web-context'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as channel from '@/app/api/dashboard/alerts/channels/[channelId]/route'
import * as channels from '@/app/api/dashboard/alerts/channels/route'
import * as list from '@/app/api/dashboard/alerts/route'
import * as overview from '@/app/api/dashboard/overview/route'

const test = useDashboard()
const { asAdmin } = test

const feishu = (columns: object = {}) => ({
  type: 'feishu',
  name: '值班群',
  kinds: ['robot_offline'],
  secrets: { url: 'https://open.feishu.cn/hook/url-secret', secret: 'sign-secret' },
  applicationId: '',
  ...columns,
})
const mail = { host: 'smtp.example.com', port: 465, security: 'tls', from: 'a@example.com', to: ['b@example.com'] }
const create = async (body: object) => {
  const { status, body: made } = await asAdmin(channels.POST, 'POST', { body })
  expect({ status, made }).toMatchObject({ status: 200 })
  return (made as { channelId: string }).channelId
}
const open = async (channelId: string) => {
  const [row] = await test.db.select().from(alertChannels).where(eq(alertChannels.id, channelId))
  return openChannel(row!, webContext().sealer)
}
const detailsOf = async (targetId: string, action: string) => {
  const isIt = and(eq(auditEntries.targetId, targetId), eq(auditEntries.action, action))
  const entries = await test.db.select().from(auditEntries).where(isIt).orderBy(asc(auditEntries.id))
  return entries.map(({ detail }) => detail)
}

describe('/alerts/channels', () => {
  it('creates a channel that no response and no audit entry shows the secrets of', async () => {
    const channelId = await create(feishu())
    const shown = [
      await asAdmin(channel.GET, 'GET', { ids: { channelId } }),
      await asAdmin(list.GET, 'GET'),
      await detailsOf(channelId, 'alert_channel.create'),
    ]
    expect(JSON.stringify(shown)).toContain('值班群')
    expect(JSON.stringify(shown)).not.toMatch(/url-secret|sign-secret/)
    const [stored] = await test.sql`select * from alert_channels where id = ${channelId}`
    expect(JSON.stringify(stored)).not.toMatch(/url-secret|sign-secret/)
    expect(await open(channelId)).toMatchObject({ secrets: feishu().secrets })
  })

  it('keeps the secrets that a change leaves empty, and names those that it sets', async () => {
    const channelId = await create(feishu())
    const ids = { channelId }
    const body = { name: '新名字', isEnabled: false, secrets: { url: '', secret: 'next-secret' } }
    expect(await asAdmin(channel.PATCH, 'PATCH', { ids, body })).toMatchObject({ status: 200 })
    expect(await open(channelId)).toMatchObject({
      name: '新名字',
      isEnabled: false,
      secrets: { url: feishu().secrets.url, secret: 'next-secret' },
    })
    expect(await detailsOf(channelId, 'alert_channel.update')).toEqual([
      { changedSecrets: ['secret'] },
      { name: { from: '值班群', to: '新名字' }, isEnabled: { from: true, to: false } },
    ])
  })

  it.each([
    ['a private address', feishu({ secrets: { url: 'http://10.0.0.1/hook' } }), 'secrets.url'],
    ['cloud metadata', feishu({ secrets: { url: 'http://169.254.169.254/latest' } }), 'secrets.url'],
    [
      'a private mail server',
      { ...feishu(), type: 'email', settings: { ...mail, host: '10.0.0.1' }, secrets: {} },
      'settings.host',
    ],
    ['no kind', feishu({ kinds: [] }), 'kinds'],
    ['a link that is not HTTP', feishu({ secrets: { url: 'file:///etc/passwd' } }), 'secrets.url'],
  ])('refuses %s', async (_what, body, parameter) => {
    expect(await asAdmin(channels.POST, 'POST', { body })).toMatchObject({
      status: 400,
      body: { error: { parameter } },
    })
  })

  it('a change cannot lead a channel to a private address', async () => {
    const channelId = await create(feishu())
    const body = { secrets: { url: 'http://10.0.0.1:5432/' } }
    expect(await asAdmin(channel.PATCH, 'PATCH', { ids: { channelId }, body })).toMatchObject({ status: 400 })
    expect(await open(channelId)).toMatchObject({ secrets: { url: feishu().secrets.url } })
  })

  it('only an iLink robot of the application can write to its owner', async () => {
    const [own, other] = [await givenApplication(test.db), await givenApplication(test.db)]
    const robotId = await givenRobot(test.db, { applicationId: own, connection: 'ilink' })
    const web = await givenRobot(test.db, { applicationId: own })
    const body = { ...feishu(), type: 'robot_owner', secrets: {} }
    await create({ ...body, applicationId: own, robotId })
    for (const refused of [
      { applicationId: other, robotId },
      { applicationId: own, robotId: web },
    ]) {
      const { status } = await asAdmin(channels.POST, 'POST', { body: { ...body, ...refused } })
      expect(status).toBeGreaterThanOrEqual(400)
    }
  })

  it('removes a channel', async () => {
    const channelId = await create(feishu())
    const ids = { channelId }
    await asAdmin(channel.DELETE, 'DELETE', { ids })
    expect(await asAdmin(channel.GET, 'GET', { ids })).toMatchObject({ status: 404 })
  })

  it('refuses the twenty-first channel of an application', async () => {
    const applicationId = await givenApplication(test.db)
    for (let count = 0; count < 20; count++) await create(feishu({ applicationId }))
    const { status } = await asAdmin(channels.POST, 'POST', { body: feishu({ applicationId }) })
    expect(status).toBe(409)
  })
})

it('thresholds are stored, and the audit names what changed', async () => {
  const body = { waitingMinutes: 30, diskPercent: 80, databaseLimitGb: 50 }
  await asAdmin(list.PATCH, 'PATCH', { body })
  expect((await asAdmin(list.GET, 'GET')).body).toMatchObject({ thresholds: body })
  expect(await detailsOf('installation', 'installation.update')).toEqual([
    {
      waitingMinutes: { from: 10, to: 30 },
      diskPercent: { from: 90, to: 80 },
      databaseLimitGb: { from: null, to: 50 },
    },
  ])
  expect(await asAdmin(list.PATCH, 'PATCH', { body: { ...body, diskPercent: 100 } })).toMatchObject({ status: 400 })
})

it('the overview shows open alerts about the installation and the inbox', async () => {
  await test.db.insert(alerts).values([
    { id: 'alr_1', kind: 'disk_full', targetId: 'box-1', params: { host: 'box-1', percent: 95 } },
    { id: 'alr_2', kind: 'disk_full', targetId: 'box-2', params: {}, closedAt: new Date() },
    { id: 'alr_3', kind: 'robot_offline', targetId: 'rbt_1', params: {} },
  ])
  expect((await asAdmin(overview.GET, 'GET')).body).toMatchObject({
    attention: { alerts: { total: 1, rows: [{ kind: 'disk_full', params: { host: 'box-1' } }] } },
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as audit from '@/app/api/dashboard/audit/route'
import * as callback from '@/app/api/dashboard/callbacks/[eventId]/route'
import * as endpoint from '@/app/api/dashboard/callbacks/health/[endpointId]/route'
import * as health from '@/app/api/dashboard/callbacks/health/route'
import * as replayed from '@/app/api/dashboard/callbacks/replay/[replayId]/route'
import * as replay from '@/app/api/dashboard/callbacks/replay/route'
import * as callbacks from '@/app/api/dashboard/callbacks/route'

const test = useDashboard()
const { asAdmin } = test
let applicationId: string
let robotId: string
beforeAll(async () => {
  applicationId = await givenApplication(test.db, { name: '云商城', callbackUrl: 'https://dev.test/cb?key=1' })
  robotId = await givenRobot(test.db, { applicationId, nickname: '小微' })
})

async function given(columns: Partial<typeof callbackEvents.$inferInsert> = {}): Promise<string> {
  const id = newId('callbackEvent')
  const data = { content: '有人吗？', robot_id: robotId, room_id: '', nickname: '王芳' }
  const event = { id, applicationId, robotId, lane: `application:${applicationId}`, data, ...columns }
  await test.db.insert(callbackEvents).values({ type: 'send_message', ...event })
  return id
}

describe('the list of callbacks', () => {
  it('returns a filtered page, also to a viewer', async () => {
    const id = await given({ state: 'dead', finishedAt: new Date() })
    await given()
    const query = `?application=${applicationId}&state=dead&robot=${robotId}`
    const { status, body } = await test.call(callbacks.GET, 'GET', { cookie: test.cookieOf.viewer, query })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      total: 1,
      rows: [{ id, applicationName: '云商城', robotName: '小微', excerpt: '有人吗？', lastAttempt: null }],
    })
  })

  it.each(['state=failed', 'type=nothing', 'since=yesterday', 'sort=data', 'page=0'])('refuses %s', async (query) => {
    const refused = { status: 400, body: { error: { parameter: query.split('=')[0] } } }
    expect(await asAdmin(callbacks.GET, 'GET', { query: `?${query}` })).toMatchObject(refused)
  })
})

describe('one callback', () => {
  it('one callback is shown with its attempts and its request, secrets masked', async () => {
    const eventId = await given()
    const startedAt = new Date(1_790_000_000_500)
    const attempt = { id: newId('callbackAttempt'), eventId, number: 1, startedAt, durationMs: 7, isDelivered: false }
    await test.db.insert(callbackAttempts).values({ ...attempt, error: '连接超时（ETIMEDOUT）' })
    const { body } = await asAdmin(callback.GET, 'GET', { ids: { eventId } })
    expect(body).toMatchObject({
      id: eventId,
      attempts: [{ number: 1, error: { reason: 'connect_timeout', params: { code: 'ETIMEDOUT' } } }],
      request: {
        method: 'POST',
        url: 'https://dev.test/cb?key=1',
        headers: { 'webhook-id': eventId, 'webhook-timestamp': '1790000000', 'webhook-signature': 'v1,$SIGNATURE' },
      },
    })
    expect(JSON.parse(body.request.body)).toEqual({
      token: '$TOKEN',
      action: 'send_message',
      data: { content: '有人吗？', robot_id: robotId, room_id: '', nickname: '王芳' },
    })
  })

  it('one callback is shown as a GET of the login’s own URL, or as an alert with a masked URL', async () => {
    const read = async (columns: Partial<typeof callbackEvents.$inferInsert>) =>
      (await asAdmin(callback.GET, 'GET', { ids: { eventId: await given(columns) } })).body.request
    const loginUrl = 'https://dev.test/login?shop=1&status=online'
    expect(await read({ type: 'login', loginUrl })).toMatchObject({ method: 'GET', url: loginUrl, body: '' })
    const alert = await read({ type: 'endpoint_paused', data: {} })
    expect(alert).toMatchObject({ url: '$ALERT_WEBHOOK_URL' })
    expect(alert.body).not.toContain('token')
  })

  it('one callback is not found after its deletion', async () => {
    expect(await asAdmin(callback.GET, 'GET', { ids: { eventId: 'evt_none' } })).toMatchObject({ status: 404 })
  })
})

describe('a replay', () => {
  it('a replay is counted beforehand, and its progress is read by its id until all are delivered', async () => {
    const own = await givenApplication(test.db)
    const ids = [
      await given({ applicationId: own, state: 'dead', finishedAt: new Date() }),
      await given({ applicationId: own, state: 'dead', finishedAt: new Date() }),
      await given({ applicationId: own, state: 'delivered', finishedAt: new Date() }),
    ]
    const since = new Date(Date.now() - 60_000).toISOString()
    const query = `?applicationId=${own}&since=${since}`
    expect((await asAdmin(replay.GET, 'GET', { query })).body).toEqual({ count: 2, waitingCount: 0 })
    const { body } = await asAdmin(replay.POST, 'POST', { body: { applicationId: own, since } })
    expect(body).toMatchObject({ count: 2 })
    const { replayId } = body
    const progress = async () => (await asAdmin(replayed.GET, 'GET', { ids: { replayId } })).body
    expect(await progress()).toEqual({ pending: 2, delivered: 0, dead: 0 })
    await test.sql`update callback_events set state = 'delivered' where id = ${ids[0] ?? ''}`
    expect(await progress()).toEqual({ pending: 1, delivered: 1, dead: 0 })
    expect((await asAdmin(callbacks.GET, 'GET', { query: `?replay=${replayId}` })).body.total).toBe(2)
    expect((await asAdmin(replay.GET, 'GET', { query })).body).toEqual({ count: 0, waitingCount: 0 })
  })

  it('a replay of many events is one audit entry with a link to them', async () => {
    const ids = await Promise.all(Array.from({ length: 200 }, () => given({ state: 'dead', finishedAt: new Date() })))
    const { status, body } = await asAdmin(replay.POST, 'POST', { body: { ids } })
    expect({ status, body }).toMatchObject({ status: 200, body: { count: 200 } })
    const { replayId } = body
    const entries = (await asAdmin(audit.GET, 'GET', { query: '?action=callback.replay' })).body.rows
    expect(entries[0]).toMatchObject({
      targetId: replayId,
      things: { [replayId]: { path: `/dashboard/callbacks?replay=${replayId}` } },
    })
  })

  it('a replay is not counted without a start time', async () => {
    expect(await asAdmin(replay.GET, 'GET', { query: `?applicationId=${applicationId}` })).toMatchObject({
      status: 400,
    })
  })
})

describe('endpoint health', () => {
  it('lists endpoints, and shows one over a time range', async () => {
    const listed = await asAdmin(health.GET, 'GET', { query: '?q=云商城' })
    expect(listed.body).toMatchObject({
      total: 1,
      rows: [{ id: applicationId, state: 'healthy', isDisabled: false }],
    })
    const ids = { endpointId: applicationId }
    const one = await asAdmin(endpoint.GET, 'GET', { ids, query: '?range=24h&timeZone=Asia/Shanghai' })
    expect(one.body).toMatchObject({ name: '云商城', url: 'https://dev.test/cb?key=1' })
    expect(one.body.points).toHaveLength(24)
    expect(one.body.waitingCount).toBeGreaterThan(0)
  })

  it('refuses unknown states and ranges', async () => {
    expect(await asAdmin(health.GET, 'GET', { query: '?state=bad' })).toMatchObject({ status: 400 })
    expect(
      await asAdmin(endpoint.GET, 'GET', { ids: { endpointId: applicationId }, query: '?range=1y' }),
    ).toMatchObject({
      status: 400,
    })
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as audit from '../audit/route'
import * as callback from './[eventId]/route'
import * as endpoint from './health/[applicationId]/route'
import * as health from './health/route'
import * as replayed from './replay/[replayId]/route'
import * as replay from './replay/route'
import * as callbacks from './route'

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

describe('the list', () => {
  it('shows a page of what is asked for, by everybody who may look', async () => {
    const id = await given({ state: 'dead', finishedAt: new Date() })
    await given()
    const query = `?application=${applicationId}&state=dead&robot=${robotId}`
    const { status, answer } = await test.call(callbacks.GET, 'GET', { cookie: test.cookieOf.viewer, query })
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      total: 1,
      rows: [{ id, applicationName: '云商城', robotName: '小微', excerpt: '有人吗？', lastAttempt: null }],
    })
  })

  it.each(['state=failed', 'type=nothing', 'since=yesterday', 'sort=data', 'page=0'])('refuses %s', async (query) => {
    const refused = { status: 400, answer: { error: { parameter: query.split('=')[0] } } }
    expect(await asAdmin(callbacks.GET, 'GET', { query: `?${query}` })).toMatchObject(refused)
  })
})

describe('one callback', () => {
  it('comes with its tries and as it is sent, but for the secrets', async () => {
    const eventId = await given()
    const startedAt = new Date(1_790_000_000_500)
    const attempt = { id: newId('callbackAttempt'), eventId, number: 1, startedAt, durationMs: 7, isDelivered: false }
    await test.db.insert(callbackAttempts).values({ ...attempt, error: '连接超时' })
    const { answer } = await asAdmin(callback.GET, 'GET', { ids: { eventId } })
    expect(answer).toMatchObject({
      id: eventId,
      attempts: [{ number: 1, error: '连接超时' }],
      request: {
        method: 'POST',
        url: 'https://dev.test/cb?key=1',
        headers: { 'webhook-id': eventId, 'webhook-timestamp': '1790000000', 'webhook-signature': 'v1,$SIGNATURE' },
      },
    })
    expect(JSON.parse(answer.request.body)).toEqual({
      token: '$TOKEN',
      action: 'send_message',
      data: { content: '有人吗？', robot_id: robotId, room_id: '', nickname: '王芳' },
    })
  })

  it('is a GET of the login’s own link, or an alert whose address stays secret', async () => {
    const read = async (columns: Partial<typeof callbackEvents.$inferInsert>) =>
      (await asAdmin(callback.GET, 'GET', { ids: { eventId: await given(columns) } })).answer.request
    const loginUrl = 'https://dev.test/login?shop=1&status=online'
    expect(await read({ type: 'login', loginUrl })).toMatchObject({ method: 'GET', url: loginUrl, body: '' })
    const alert = await read({ type: 'endpoint_paused', data: {} })
    expect(alert).toMatchObject({ url: '$ALERT_WEBHOOK_URL' })
    expect(alert.body).not.toContain('token')
  })

  it('is not found when it is gone', async () => {
    expect(await asAdmin(callback.GET, 'GET', { ids: { eventId: 'evt_none' } })).toMatchObject({ status: 404 })
  })
})

describe('a replay', () => {
  it('is counted beforehand, and followed by its id until all is delivered', async () => {
    const own = await givenApplication(test.db)
    const ids = [
      await given({ applicationId: own, state: 'dead', finishedAt: new Date() }),
      await given({ applicationId: own, state: 'dead', finishedAt: new Date() }),
      await given({ applicationId: own, state: 'delivered', finishedAt: new Date() }),
    ]
    const since = new Date(Date.now() - 60_000).toISOString()
    const query = `?applicationId=${own}&since=${since}`
    expect((await asAdmin(replay.GET, 'GET', { query })).answer).toEqual({ count: 2 })
    const { answer } = await asAdmin(replay.POST, 'POST', { body: { applicationId: own, since } })
    expect(answer).toMatchObject({ count: 2 })
    const { replayId } = answer
    const progress = async () => (await asAdmin(replayed.GET, 'GET', { ids: { replayId } })).answer
    expect(await progress()).toEqual({ pending: 2, delivered: 0, dead: 0 })
    await test.sql`update callback_events set state = 'delivered' where id = ${ids[0] ?? ''}`
    expect(await progress()).toEqual({ pending: 1, delivered: 1, dead: 0 })
    expect((await asAdmin(callbacks.GET, 'GET', { query: `?replay=${replayId}` })).answer.total).toBe(2)
    expect((await asAdmin(replay.GET, 'GET', { query })).answer).toEqual({ count: 0 })
  })

  it('of many events is one thing in the audit, which leads to them', async () => {
    const ids = await Promise.all(Array.from({ length: 200 }, () => given({ state: 'dead', finishedAt: new Date() })))
    const { status, answer } = await asAdmin(replay.POST, 'POST', { body: { ids } })
    expect({ status, answer }).toMatchObject({ status: 200, answer: { count: 200 } })
    const { replayId } = answer
    const entries = (await asAdmin(audit.GET, 'GET', { query: '?action=callback.replay' })).answer.rows
    expect(entries[0]).toMatchObject({
      targetId: replayId,
      things: { [replayId]: { path: `/dashboard/callbacks?replay=${replayId}` } },
    })
  })

  it('is not counted without a time', async () => {
    expect(await asAdmin(replay.GET, 'GET', { query: `?applicationId=${applicationId}` })).toMatchObject({
      status: 400,
    })
  })
})

describe('endpoint health', () => {
  it('lists endpoints and shows one over a span of time', async () => {
    const listed = await asAdmin(health.GET, 'GET', { query: '?q=云商城' })
    expect(listed.answer).toMatchObject({
      total: 1,
      rows: [{ id: applicationId, state: 'healthy', isDisabled: false }],
    })
    const ids = { applicationId }
    const one = await asAdmin(endpoint.GET, 'GET', { ids, query: '?range=24h&timeZone=Asia/Shanghai' })
    expect(one.answer).toMatchObject({ name: '云商城', url: 'https://dev.test/cb?key=1' })
    expect(one.answer.points).toHaveLength(24)
    expect(one.answer.waitingCount).toBeGreaterThan(0)
  })

  it('refuses states and spans that do not exist', async () => {
    expect(await asAdmin(health.GET, 'GET', { query: '?state=bad' })).toMatchObject({ status: 400 })
    expect(await asAdmin(endpoint.GET, 'GET', { ids: { applicationId }, query: '?range=1y' })).toMatchObject({
      status: 400,
    })
  })
})

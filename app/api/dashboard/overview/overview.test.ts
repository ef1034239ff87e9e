import { expect, it } from 'vitest'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { callbackEndpoints } from '@/lib/db/schema/callback'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as dismissals from '@/app/api/dashboard/attention/dismissals/route'
import * as overview from '@/app/api/dashboard/overview/route'

const test = useDashboard()
const read = async () => (await test.asAdmin(overview.GET, 'GET')).body

it('the overview guides a new operator through the first steps', async () => {
  expect(await read()).toMatchObject({
    firstSteps: { hasApplication: false, robotId: null, hasOnline: false, hasMessage: false },
    attention: { silentWorker: { since: null } },
    robotCounts: { online: 0, offline: 0 },
    backlog: { messageCount: 0, oldestAt: null },
  })
  const applicationId = await givenApplication(test.db)
  const online = await givenRobot(test.db, { applicationId })
  await givenSession(test.db, { robotId: online })
  await givenRobot(test.db, { applicationId })
  expect(await read()).toMatchObject({ firstSteps: { hasApplication: true, robotId: online, hasOnline: true } })
})

it('the overview counts robots by state, and its size does not grow with them', async () => {
  const applicationId = await givenApplication(test.db)
  await test.sql`
    insert into robots (id, application_id, username)
      select 'rbt_many' || n, ${applicationId}, 'many' || n from generate_series(1, 500) as n`
  await test.sql`
    insert into sessions (id, robot_id, state, qr_key, attempt_expires_at, online_at, ended_at, end_reason)
      select 'ses_many' || n, 'rbt_many' || n, 'ended', 'many' || n, now(), now(), now(), 'expired' from generate_series(1, 400) as n`
  await givenSession(test.db, { robotId: 'rbt_many500', state: 'starting' })
  const body = await read()
  expect(body.robotCounts).toMatchObject({ online: 1, waiting_scan: 1, offline: 500 })
  expect(body.attention.lostRobots.total).toBe(400)
  expect(body.attention.lostRobots.rows).toHaveLength(3)
  expect(body.attention.scans).toMatchObject({ total: 1, rows: [{ id: 'rbt_many500', status: 'waiting_scan' }] })
  expect(JSON.stringify(body).length).toBeLessThan(4000)
})

it('the overview reports a silent worker and its last heartbeat', async () => {
  await test.sql`insert into workers (id, hostname, heartbeat_at) values ('wrk_1', 'h', now() - interval '1 hour')`
  expect((await read()).attention.silentWorker.since).toEqual(expect.any(String))
  await test.sql`update workers set heartbeat_at = now()`
  expect((await read()).attention.silentWorker).toBeNull()
})

it('the overview shows the latest messages, also to viewers', async () => {
  const robotId = await givenRobot(test.db, { nickname: '小微' })
  const message = { id: newId('message'), robotId, content: '你好' }
  await test.db.insert(messages).values({ ...message, direction: 'out', type: 'text', state: 'refused' })
  const seen = await test.call(overview.GET, 'GET', { cookie: test.cookieOf.viewer })
  expect(seen).toMatchObject({
    status: 200,
    body: { latestMessages: [{ excerpt: '你好', robotNickname: '小微', state: 'refused' }] },
  })
})

it('a dismissed endpoint is hidden, but still counts as down', async () => {
  const callbackUrl = 'https://dev.test/cb'
  for (const name of ['甲', '乙']) {
    const applicationId = await givenApplication(test.db, { name, callbackUrl })
    const endpoint = { lane: applicationLane(applicationId), applicationId, url: callbackUrl, failureCount: 9 }
    const paused = name === '乙' ? { pausedAt: new Date(), failingSince: new Date() } : { failingSince: new Date(0) }
    await test.db.insert(callbackEndpoints).values({ ...endpoint, ...paused })
  }
  const { attention, endpointsDownCount } = await read()
  expect(endpointsDownCount).toBe(2)
  // The paused one first, although the other one has been failing for longer.
  expect(attention.endpoints.rows).toMatchObject([{ applicationName: '乙' }, { applicationName: '甲' }])
  const [{ applicationId: targetId, seenState: state }] = attention.endpoints.rows
  const item = { kind: 'endpoint', targetId }
  await test.asAdmin(dismissals.POST, 'POST', { body: { ...item, state } })
  expect(await read()).toMatchObject({ endpointsDownCount: 2, attention: { endpoints: { total: 1 } } })
  await test.asAdmin(dismissals.DELETE, 'DELETE', { body: item })
  expect((await read()).attention.endpoints.total).toBe(2)
  await test.asAdmin(dismissals.POST, 'POST', { body: { ...item, state: 'another' } })
  expect((await read()).attention.endpoints.total).toBe(2)
})

it('the endpoint of a disabled application does not count as down', async () => {
  await test.sql`update applications set disabled_at = now()`
  expect(await read()).toMatchObject({ endpointsDownCount: 0 })
})

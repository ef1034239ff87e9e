import { expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as overview from './route'

const test = useDashboard()
const read = async () => (await test.asAdmin(overview.GET, 'GET')).answer

it('leads somebody new through the first steps', async () => {
  expect(await read()).toMatchObject({
    firstSteps: { hasApplication: false, robotId: null, hasOnline: false, hasMessage: false },
    hands: { silentWorker: { since: null } },
    robotCounts: { online: 0, offline: 0 },
    backlog: { messageCount: 0, oldestAt: null },
  })
  const applicationId = await givenApplication(test.db)
  const online = await givenRobot(test.db, { applicationId })
  await givenSession(test.db, { robotId: online })
  await givenRobot(test.db, { applicationId })
  expect(await read()).toMatchObject({ firstSteps: { hasApplication: true, robotId: online, hasOnline: true } })
})

it('counts robots by state, and answers as little for many as for few', async () => {
  const applicationId = await givenApplication(test.db)
  await test.sql`
    insert into robots (id, application_id, username)
      select 'rbt_many' || n, ${applicationId}, 'many' || n from generate_series(1, 500) as n`
  await test.sql`
    insert into sessions (id, robot_id, state, qr_key, attempt_expires_at, ended_at, end_reason)
      select 'ses_many' || n, 'rbt_many' || n, 'ended', 'many' || n, now(), now(), 'expired' from generate_series(1, 400) as n`
  await givenSession(test.db, { robotId: 'rbt_many500', state: 'starting' })
  const answer = await read()
  expect(answer.robotCounts).toMatchObject({ online: 1, waiting_scan: 1, offline: 500 })
  expect(answer.hands.lostRobots.total).toBe(400)
  expect(answer.hands.lostRobots.rows).toHaveLength(3)
  expect(answer.hands.scans).toMatchObject({ total: 1, rows: [{ id: 'rbt_many500', status: 'waiting_scan' }] })
  expect(JSON.stringify(answer).length).toBeLessThan(4000)
})

it('hears of a worker that fell silent, and since when', async () => {
  await test.sql`insert into workers (id, hostname, heartbeat_at) values ('wrk_1', 'h', now() - interval '1 hour')`
  expect((await read()).hands.silentWorker.since).toEqual(expect.any(String))
  await test.sql`update workers set heartbeat_at = now()`
  expect((await read()).hands.silentWorker).toBeNull()
})

it('shows the latest messages; viewers see them too', async () => {
  const robotId = await givenRobot(test.db, { nickname: '小微' })
  const message = { id: newId('message'), robotId, content: '你好' }
  await test.db.insert(messages).values({ ...message, direction: 'out', type: 'text', state: 'refused' })
  const seen = await test.call(overview.GET, 'GET', { cookie: test.cookieOf.viewer })
  expect(seen).toMatchObject({
    status: 200,
    answer: { latestMessages: [{ excerpt: '你好', robotNickname: '小微', state: 'refused' }] },
  })
})

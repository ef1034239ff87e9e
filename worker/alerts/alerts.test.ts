import { hostname } from 'node:os'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { listFullDatabases } from '@/lib/attention/measure-storage'
import { callbackEndpoints } from '@/lib/db/schema/callback'
import { workers } from '@/lib/db/schema/session'
import { updateInstallationSettings } from '@/lib/installation/settings'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { openReceiver } from '@/worker/alerts/testing/open-receiver'
import { openAlerts } from '@/worker/alerts/testing/use-alerts'

let test: Awaited<ReturnType<typeof openAlerts>>
let receiver: Awaited<ReturnType<typeof openReceiver>>
beforeEach(async () => {
  test = await openAlerts()
  receiver = await openReceiver()
})
afterEach(async () => {
  receiver.close()
  await test.close()
})

const texts = () => receiver.received.map(({ json }) => (json['content'] as { text: string }).text)
const titles = () => texts().map((text) => text.split('\n')[0])
const feishu = (path = '/all') => ({ type: 'feishu' as const, secrets: { url: receiver.origin + path } })

async function lose(robotId: string) {
  const at = new Date()
  await test.sql`update sessions set state = 'ended', end_reason = 'expired', ended_at = now() where robot_id = ${robotId} and state <> 'ended'`
  await givenSession(test.db, { robotId, state: 'ended', endReason: 'expired', onlineAt: at, endedAt: at })
}
const bringBack = (robotId: string) => givenSession(test.db, { robotId, onlineAt: new Date() })

it('one cause is notified once until it recovers, and its recovery once', async () => {
  await test.givenChannel(feishu())
  const robotId = await givenRobot(test.db, { nickname: '小店' })
  await lose(robotId)
  for (let count = 0; count < 3; count++) await test.run()
  expect(titles()).toEqual(['wxbot 告警：机器人「小店」掉线：登录已失效'])
  await bringBack(robotId)
  await test.run()
  expect(titles()).toHaveLength(1)
  await test.pass(130)
  for (let count = 0; count < 3; count++) await test.run()
  expect(titles().slice(1)).toEqual(['wxbot 已恢复：机器人「小店」已恢复'])
  await lose(robotId)
  await test.run()
  expect(titles()).toHaveLength(3)
})

it('a robot that drops and returns again and again is one alert', async () => {
  await test.givenChannel(feishu())
  const robotId = await givenRobot(test.db)
  for (let count = 0; count < 4; count++) {
    await lose(robotId)
    await test.run()
    await bringBack(robotId)
    await test.run()
    await test.pass(60)
  }
  expect(titles()).toHaveLength(1)
})

it('a channel gets no recovery of a cause that it was not notified of', async () => {
  receiver.respond({ status: 500, body: '' })
  await test.givenChannel(feishu())
  const robotId = await givenRobot(test.db)
  await lose(robotId)
  await test.run()
  await bringBack(robotId)
  await test.run()
  await test.pass(130)
  receiver.respond({ status: 200, body: '{"code":0}' })
  await test.run()
  expect(titles()).toHaveLength(1)
  expect(await test.sql`select state, phase from alert_deliveries`).toMatchObject([
    { state: 'dropped', phase: 'opened' },
  ])
})

it('alerts within a minute share one message, so that a mass failure is not a flood', async () => {
  await test.givenChannel(feishu())
  for (let count = 0; count < 25; count++) await lose(await givenRobot(test.db, { nickname: `店${count}` }))
  await test.alerts.find()
  await test.alerts.send()
  expect(titles()).toEqual(['wxbot 25 个问题'])
  expect(texts()[0]).toContain('还有 5 条')
  await lose(await givenRobot(test.db))
  await test.alerts.find()
  await test.alerts.send()
  expect(titles()).toHaveLength(1)
})

it('a message is sent again after a failure, and fails after six attempts', async () => {
  receiver.respond({ status: 500, body: '' })
  await test.givenChannel(feishu())
  await lose(await givenRobot(test.db))
  for (let count = 0; count < 8; count++) {
    await test.run()
    await test.pass(7300)
  }
  expect(receiver.received).toHaveLength(6)
  expect(await test.sql`select state, attempt_count as count from alert_deliveries`).toMatchObject([
    { state: 'failed', count: 6 },
  ])
  expect(await test.readChannels()).toMatchObject([{ failureReason: 'http_status', failureParams: { status: 500 } }])
})

it('an application receives its own alerts only, and only of the kinds that it chose', async () => {
  const [own, other] = [await givenApplication(test.db), await givenApplication(test.db)]
  await test.givenChannel(feishu('/own'), own)
  await test.givenChannel({ ...feishu('/paused'), kinds: ['endpoint_paused'] }, own)
  await test.givenChannel({ ...feishu('/off'), isEnabled: false }, own)
  await lose(await givenRobot(test.db, { applicationId: own, nickname: '自己的' }))
  await lose(await givenRobot(test.db, { applicationId: other, nickname: '别人的' }))
  await test.run()
  expect(receiver.received.map(({ url }) => url.pathname)).toEqual(['/own'])
  expect(texts()[0]).toContain('自己的')
})

it('two workers that run at the same time send each message once', async () => {
  await test.givenChannel(feishu())
  await lose(await givenRobot(test.db))
  await Promise.all([test.alerts.find(), test.alerts.find(), test.alerts.find()])
  await Promise.all([test.alerts.send(), test.alerts.send(), test.alerts.send()])
  expect(titles()).toHaveLength(1)
})

it('the notification of a robot that logs in with credentials links its page in the dashboard', async () => {
  await test.givenChannel(feishu())
  const robotId = await givenRobot(test.db, { connection: 'wecom_kf' })
  await lose(robotId)
  await test.run()
  expect(texts()[0]).toContain(`https://wxbot.example/dashboard/robots/${robotId}`)
})

it('endpoints, workers, conversations and the disk each open an alert', async () => {
  const applicationId = await givenApplication(test.db, { name: '云商城', callbackUrl: 'https://a.example/' })
  const robotId = await givenRobot(test.db, { applicationId, nickname: '小店' })
  const endpoint = { applicationId, lane: 'l', url: 'https://a.example/', failureCount: 9, pausedAt: new Date() }
  await test.db.insert(callbackEndpoints).values(endpoint)
  await test.db.insert(workers).values({ id: 'wrk_1', hostname: 'box-1', heartbeatAt: new Date(Date.now() - 40_000) })
  await test.sql`insert into conversations (id, robot_id, peer_username, name, state, last_message_id, last_sequence, last_message_at, waiting_since)
    values ('cnv_1', ${robotId}, 'p', '王姐', 'waiting', 'm', 1, now(), now() - interval '11 minutes'),
      ('cnv_2', ${robotId}, 'q', '李哥', 'waiting', 'm', 1, now(), now() - interval '9 minutes')`
  await test.db.transaction((tx) => updateInstallationSettings(tx, { diskPercent: 1 }))
  await test.alerts.find()
  const rows = await test.sql<
    { kind: string; target: string }[]
  >`select kind, target_id as target from alerts order by kind`
  expect(rows.map(({ kind, target }) => [kind, target])).toEqual([
    ['conversation_waiting', 'cnv_1'],
    ['disk_full', hostname()],
    ['endpoint_failing', applicationId],
    ['endpoint_paused', applicationId],
    ['worker_silent', 'wrk_1'],
  ])
})

it('the database is nearly full from 90 percent of its limit, and never without a limit', async () => {
  const [size] = await test.sql<{ gb: number }[]>`select pg_database_size(current_database())::float8 / 1e9 as gb`
  const gb = size?.gb ?? 0
  expect(await listFullDatabases(test.db, { limitGb: gb / 0.955 })).toMatchObject([{ params: { percent: 95 } }])
  expect(await listFullDatabases(test.db, { limitGb: gb / 0.85 })).toEqual([])
  expect(await listFullDatabases(test.db, { limitGb: null })).toEqual([])
})

it('a silent worker recovers when another one starts, not when its row is removed', async () => {
  await test.givenChannel({ ...feishu(), kinds: ['worker_silent'] })
  await test.db.insert(workers).values({ id: 'wrk_1', hostname: 'box-1', heartbeatAt: new Date(Date.now() - 40_000) })
  await test.run()
  await test.sql`delete from workers`
  await test.run()
  await test.pass(130)
  await test.run()
  expect(titles()).toEqual(['wxbot 告警：工作进程没有响应：box-1'])
  await test.db.insert(workers).values({ id: 'wrk_2', hostname: 'box-2' })
  await test.run()
  await test.pass(130)
  await test.run()
  expect(titles()[1]).toBe('wxbot 已恢复：工作进程已恢复或已有新的进程：box-1')
})

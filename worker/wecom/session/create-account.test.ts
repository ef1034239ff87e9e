import { beforeEach, describe, expect, it } from 'vitest'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
let worker: RobotPool
let connectorId: string
beforeEach(async () => {
  worker = test.startWorker({ wecomTimes: { pollMs: 100, retryMs: 100, outageMs: 300 } })
  connectorId = (await connectCompany(test)).connectorId
})

type Account = { openKfId: string; name: string }

const start = async (username: string, createsAccount = true) => {
  const robotId = await test.givenRobot({ connection: 'wecom_kf', connectorId, username, createsAccount })
  await test.db.transaction((tx) => startKfSessions(tx))
  await worker.wake(robotId)
  await test.until(async () => ['online', 'ended'].includes((await session(robotId))?.['state'] as string))
  const [robot] = await test.sql`select wechat_uin, nickname from robots where id = ${robotId}`
  return { ...(await session(robotId)), ...robot }
}
const session = async (robotId: string) =>
  (await test.sql`select state, end_reason from sessions where robot_id = ${robotId}`)[0]
const accountsNamed = async (name: string) =>
  ((await test.control('/wecom/state')).accounts as Account[]).filter((account) => account.name === name)

describe('the account of a 客服 robot', () => {
  it('is created with a picture if there is none of its name, and the robot comes online', async () => {
    const robot = await start('新门店客服')
    const [account, ...more] = await accountsNamed('新门店客服')
    expect(robot).toMatchObject({ state: 'online', wechat_uin: account?.openKfId, nickname: '新门店客服' })
    expect(more).toEqual([])
  })

  it('is created once although the response of WeCom was lost', async () => {
    await test.control('/faults', { path: 'kf/account/add', kind: 'reset', when: 'after' })
    expect(await start('丢了响应')).toMatchObject({ state: 'online' })
    expect(await accountsNamed('丢了响应')).toHaveLength(1)
  })

  it('is not created if the company has one of this name, or several', async () => {
    await test.control('/wecom/accounts', { name: '老客服' })
    expect(await start('老客服')).toMatchObject({ state: 'online' })
    expect(await accountsNamed('老客服')).toHaveLength(1)
    for (let count = 0; count < 2; count++) await test.control('/wecom/accounts', { name: '重名客服' })
    expect(await start('重名客服')).toMatchObject({ state: 'ended', end_reason: 'login_refused' })
    expect(await accountsNamed('重名客服')).toHaveLength(2)
  })

  it('is not created without a request, and a refusal of WeCom keeps the robot offline', async () => {
    expect(await start('没有要求', false)).toMatchObject({ state: 'ended', end_reason: 'login_refused' })
    expect(await accountsNamed('没有要求')).toEqual([])
    await test.control('/faults', { path: 'kf/account/add', kind: 'ret', ret: 48002 })
    expect(await start('被拒绝')).toMatchObject({ state: 'ended', end_reason: 'login_refused' })
    expect(await accountsNamed('被拒绝')).toEqual([])
  })
})

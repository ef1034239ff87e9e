import { describe, expect, it } from 'vitest'
import { requestCommand } from '@/lib/command/request-command'
import { listChanges } from '@/lib/session/list-changes'
import { useRobots } from '../testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'

async function onlineRobot() {
  const worker = test.startWorker()
  const robotId = await test.givenRobot()
  const sessionId = await test.logIn(worker, robotId, account)
  const lately = async (limit: number) =>
    (await listChanges(test.db, { robotId, limit })).map(({ state, cause }) => `${state} ${cause ?? ''}`.trim())
  return { worker, robotId, sessionId, lately }
}

describe("a session's history", () => {
  it('shows an outage of WeChat with its kind, and its end', async () => {
    const { sessionId, lately } = await onlineRobot()
    const state = async () => (await test.session(sessionId))?.state
    for (const path of ['synccheck', 'webwxsync']) await test.control('/faults', { path, kind: 'reset', times: 0 })
    await test.until(async () => (await state()) === 'reconnecting')
    await test.control('/faults', undefined, 'DELETE')
    await test.until(async () => (await state()) === 'online')
    expect(await lately(3)).toEqual(['online', 'reconnecting wechat_silent', 'online'])
  })

  it('shows that a worker stopped, or was lost, and that the next one got WeChat back', async () => {
    const { worker, robotId, lately } = await onlineRobot()
    await worker.stop()
    const second = test.startWorker()
    await second.wake(robotId)
    await test.until(async () => (await lately(1))[0] === 'online')
    await test.sql`update leases set expires_at = clock_timestamp() - interval '1 second' where robot_id = ${robotId}`
    await test.startWorker().wake(robotId)
    await test.until(async () => (await lately(5)).length === 5 && (await lately(1))[0] === 'online')
    expect(await lately(5)).toEqual([
      'online',
      'reconnecting worker_lost',
      'online',
      'reconnecting worker_stopped',
      'online',
    ])
  })

  it('names who had the robot logged out, and knows a logout on the phone from it', async () => {
    const { worker, robotId, lately } = await onlineRobot()
    const actor = 'operator:op_1'
    const { commandId } = await requestCommand(test.db, { robotId, type: 'logout', timeoutMs: 10_000, actor })
    await worker.wake(robotId)
    await test.reply(commandId)
    expect(await listChanges(test.db, { robotId, limit: 1 })).toMatchObject([{ cause: 'logged_out', actor }])
    await test.logIn(worker, robotId, account)
    await test.control(`/accounts/${account}/kick`, { how: 'phone' })
    await test.until(async () => (await lately(1))[0] === 'ended logged_out_on_phone')
  })
})

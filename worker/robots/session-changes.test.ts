import { describe, expect, it } from 'vitest'
import { requestCommand } from '@/lib/command/request-command'
import { listChanges } from '@/lib/session/session-changes'
import { findRepeatedName } from '@/lib/http/find-repeated-name'
import { type CapturedLine, captureLog } from '@/lib/testing/capture-log'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'

async function onlineRobot() {
  const worker = test.startWorker()
  const robotId = await test.givenRobot()
  const sessionId = await test.logIn(worker, robotId, account)
  const latest = async (limit: number) =>
    (await listChanges(test.db, { robotId, limit })).map(({ state, cause }) => `${state} ${cause ?? ''}`.trim())
  return { worker, robotId, sessionId, latest }
}

describe("a session's history", () => {
  it('shows the cause and the end of a WeChat outage', async () => {
    const { sessionId, latest } = await onlineRobot()
    const state = async () => (await test.session(sessionId))?.state
    for (const path of ['synccheck', 'webwxsync']) await test.control('/faults', { path, kind: 'reset', times: 0 })
    await test.until(async () => (await state()) === 'reconnecting')
    await test.control('/faults', undefined, 'DELETE')
    await test.until(async () => (await state()) === 'online')
    expect(await latest(3)).toEqual(['online', 'reconnecting wechat_silent', 'online'])
  })

  it('shows that a worker stopped or was lost, and that the next one is online', async () => {
    const { worker, robotId, latest } = await onlineRobot()
    await worker.stop()
    const second = test.startWorker()
    await second.wake(robotId)
    await test.until(async () => (await latest(1))[0] === 'online')
    await test.sql`update leases set expires_at = clock_timestamp() - interval '1 second' where robot_id = ${robotId}`
    await test.startWorker().wake(robotId)
    await test.until(async () => (await latest(5)).length === 5 && (await latest(1))[0] === 'online')
    expect(await latest(5)).toEqual([
      'online',
      'reconnecting worker_lost',
      'online',
      'reconnecting worker_stopped',
      'online',
    ])
  })

  it('names the operator of a logout, and distinguishes it from a logout on the phone', async () => {
    const { worker, robotId, latest } = await onlineRobot()
    const actor = 'operator:op_1'
    const { commandId } = await test.db.transaction((tx) =>
      requestCommand(tx, { robotId, type: 'logout', timeoutMs: 10_000, actor }),
    )
    await worker.wake(robotId)
    await test.reply(commandId)
    expect(await listChanges(test.db, { robotId, limit: 1 })).toMatchObject([{ cause: 'logged_out', actor }])
    await test.logIn(worker, robotId, account)
    await test.control(`/accounts/${account}/kick`, { how: 'phone' })
    await test.until(async () => (await latest(1))[0] === 'ended logged_out_on_phone')
  })
})

describe('the log at level warn', () => {
  const logged = (lines: CapturedLine[]) => lines.filter(({ msg }) => /^(robot dropped|login refused)/.test(msg))

  it(
    'the log has one entry for a robot that reconnects and one for a robot that is logged out',
    { timeout: 60_000 },
    async () => {
      const { log, lines, texts } = captureLog()
      const worker = test.startWorker({ log })
      const robotId = await test.givenRobot()
      const sessionId = await test.logIn(worker, robotId, account)
      for (const path of ['synccheck', 'webwxsync']) await test.control('/faults', { path, kind: 'reset', times: 0 })
      await test.until(async () => logged(lines).length === 1)
      await test.control('/faults', undefined, 'DELETE')
      await test.until(async () => (await test.session(sessionId))?.state === 'online')
      await test.control(`/accounts/${account}/kick`, { how: 'phone' })
      await test.until(async () => logged(lines).length === 2)
      expect(logged(lines)).toMatchObject([
        { robotId, msg: 'robot dropped: reconnecting', reason: 'wechat_silent' },
        { robotId, msg: 'robot dropped: it needs a new login', reason: 'logged_out_on_phone' },
      ])
      expect(lines.some(({ msg }) => msg.startsWith('call to WeChat failed'))).toBe(true)
      expect(texts.map(findRepeatedName)).toEqual(texts.map(() => null))
    },
  )

  it(
    'the log at level warn has one entry for a login with another account than before',
    { timeout: 60_000 },
    async () => {
      const { log, lines } = captureLog()
      const worker = test.startWorker({ log })
      const robotId = await test.givenRobot()
      const sessionId = await test.logIn(worker, robotId, account)
      await test.command(worker, robotId, 'logout')
      await test.until(async () => (await test.session(sessionId))?.state === 'ended')
      const { wxid } = (await test.control('/accounts', { nickname: '别人' })) as { wxid: string }
      await test.scan(worker, robotId, wxid)
      await test.until(async () => logged(lines).length > 0)
      expect(logged(lines)).toMatchObject([{ robotId, msg: 'login refused', reason: 'other_account' }])
    },
  )
})

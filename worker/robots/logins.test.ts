import { describe, expect, it } from 'vitest'
import { requestLogin } from '@/lib/session/request-login'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const refusedAccount = 'wxid_xinhao000006'
const codePath = (content: string | null | undefined) =>
  `/codes/${encodeURIComponent(content?.replace(/^.*\/l\//, '') ?? '')}`

async function begin(worker: RobotPool, robotId: string) {
  const attempt = await test.db.transaction((tx) => requestLogin(tx, { robotId, callbackUrl: null, agentId: null }))
  await worker.wake(robotId)
  return attempt
}
async function shown() {
  const worker = test.startWorker()
  const robotId = await test.givenRobot()
  const { sessionId, commandId } = await begin(worker, robotId)
  await test.reply(commandId ?? '')
  const session = async () => test.session(sessionId)
  const code = codePath((await session())?.qrContent)
  return { worker, robotId, sessionId, session, code }
}

describe('a login', () => {
  it.each(['expire', 'refuse'])(
    'A7: shows another QR code under the same link after WeChat ends the first (%s)',
    async (how) => {
      const { session, code } = await shown()
      const before = await session()
      await test.control(`${code}/${how}`, {})
      await test.until(async () => (await session())?.qrContent !== before?.qrContent)
      expect(await session()).toMatchObject({ qrKey: before?.qrKey, state: 'waiting_scan' })
    },
  )

  it('A7: shows that it was scanned, and waits for the confirmation beyond its five minutes', async () => {
    const { worker, sessionId, session, code } = await shown()
    await test.control(`${code}/scan`, { wxid: account })
    await test.until(async () => (await session())?.state === 'waiting_confirm')
    await test.sql`update sessions set attempt_expires_at = now() - interval '1 minute' where id = ${sessionId}`
    await worker.releaseIdle()
    expect(await session()).toMatchObject({ state: 'waiting_confirm' })
    await test.sql`update sessions set attempt_expires_at = now() - interval '4 minutes' where id = ${sessionId}`
    await worker.releaseIdle()
    expect(await session()).toMatchObject({ state: 'ended', endReason: 'not_scanned' })
  })

  it('A7: ends as refused if WeChat does not allow the account to use the web (1203)', async () => {
    const { session, code } = await shown()
    await test.control(`${code}/scan`, { wxid: refusedAccount })
    await test.control(`${code}/confirm`, { wxid: refusedAccount })
    await test.until(async () => (await session())?.state === 'ended')
    expect(await session()).toMatchObject({ endReason: 'login_refused', credentialsSealed: null })
  })

  it('A7: a login is cancelled by a logout even before its QR code arrives', async () => {
    await test.control('/faults', { path: 'jslogin', kind: 'hold' })
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    const { sessionId, commandId } = await begin(worker, robotId)
    expect(await test.command(worker, robotId, 'logout')).toMatchObject({ state: 'done' })
    expect(await test.session(sessionId)).toMatchObject({ state: 'ended', endReason: 'cancelled' })
    expect(await test.reply(commandId ?? '')).toMatchObject({ state: 'failed', errorCode: 'SESSION_GONE' })
  })

  it('A7: survives its worker: the next owner shows a QR code under the same link', async () => {
    const { worker, robotId, session } = await shown()
    const before = await session()
    await worker.stop()
    await test.startWorker().wake(robotId)
    await test.until(async () => (await session())?.qrContent !== before?.qrContent)
    expect(await session()).toMatchObject({ qrKey: before?.qrKey, state: 'waiting_scan' })
  })

  it('A5: reports that WeChat returns no QR code, and continues to request one', async () => {
    const fault = await test.control('/faults', { path: 'jslogin', kind: 'html', times: 0 })
    const worker = test.startWorker()
    const robotId = await test.givenRobot()
    const { sessionId, commandId } = await begin(worker, robotId)
    expect(await test.reply(commandId ?? '')).toMatchObject({ state: 'failed', errorCode: 'WECHAT_UNREADABLE' })
    await test.control(`/faults/${fault.id}`, undefined, 'DELETE')
    expect((await begin(worker, robotId)).sessionId).toBe(sessionId)
    await test.until(async () => (await test.session(sessionId))?.state === 'waiting_scan')
  })

  it('A5: reports that WeChat is unreachable', async () => {
    const worker = test.startWorker({ wechatOrigin: 'http://127.0.0.1:9' })
    const { commandId } = await begin(worker, await test.givenRobot())
    expect(await test.reply(commandId ?? '')).toMatchObject({ state: 'failed', errorCode: 'WECHAT_UNREACHABLE' })
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { requestCommand } from '@/lib/command/request-command'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { askForIlinkCode, currentIlinkCode, ilinkDriver, ilinkPerson } from '@/worker/testing/conformance-drivers'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const ilinkTimes = { codePauseMs: 50, retryMs: 50, outageMs: 200 }
let worker: RobotPool
let robotId: string
beforeEach(async () => {
  worker = test.startWorker({ ilinkTimes })
  robotId = await test.givenRobot({ connection: 'ilink' })
})

const code = (qrcode: string, act: string, body: object = {}) => test.control(`/ilink/codes/${qrcode}/${act}`, body)
const say = (body: object) => test.control(`/ilink/people/${ilinkPerson}/messages`, body)
const isState = (sessionId: string, state: string) =>
  test.until(async () => (await test.session(sessionId))?.state === state)
const logIn = () => ilinkDriver.logIn(test, worker, robotId)
const received = async () => (await test.messages(robotId)).filter(({ direction }) => direction === 'in')

async function enter(loginNumber: string) {
  const command = { robotId, type: 'login_code', timeoutMs: 10_000, payload: { loginNumber } } as const
  const { commandId } = await test.db.transaction((tx) => requestCommand(tx, command))
  await worker.wake(robotId)
  return test.reply(commandId)
}

async function send(content = '好的', toUser = 'owner') {
  const id = await test.accept({ robotId, toUser, content })
  await worker.wake(robotId)
  return test.reply(id)
}

describe('an iLink login', () => {
  it('requests the number that the phone shows, rejects a wrong one, and continues with the right one', async () => {
    const { sessionId, qrcode } = await askForIlinkCode(test, worker, robotId)
    await code(qrcode, 'scan', { wxid: ilinkPerson, number: '42' })
    await isState(sessionId, 'waiting_code')
    expect(await enter('41')).toMatchObject({ state: 'failed', errorCode: 'INVALID_PARAMETER' })
    expect(await enter('42')).toMatchObject({ state: 'done' })
    await isState(sessionId, 'waiting_confirm')
    await code(qrcode, 'confirm')
    await isState(sessionId, 'online')
    expect(await enter('42')).toMatchObject({ state: 'failed', errorCode: 'ILLEGAL_ACTION' })
  })

  it('shows a new QR code after too many wrong numbers', async () => {
    const { sessionId, qrcode } = await askForIlinkCode(test, worker, robotId)
    await code(qrcode, 'scan', { wxid: ilinkPerson, number: '42' })
    await isState(sessionId, 'waiting_code')
    await enter('1')
    await enter('2')
    expect(await enter('3')).toMatchObject({ state: 'failed', errorCode: 'ILLEGAL_ACTION' })
    await test.until(async () => (await currentIlinkCode(test, sessionId)) !== qrcode)
    await isState(sessionId, 'waiting_scan')
  })

  it('replaces an expired QR code, and follows a redirect to another host', async () => {
    const { sessionId, qrcode } = await askForIlinkCode(test, worker, robotId)
    await code(qrcode, 'expire')
    await test.until(async () => (await currentIlinkCode(test, sessionId)) !== qrcode)
    const next = await currentIlinkCode(test, sessionId)
    await code(next, 'scan', { wxid: ilinkPerson, redirectHost: 'idc2.weixin.qq.com' })
    await isState(sessionId, 'waiting_confirm')
    await code(next, 'confirm')
    await isState(sessionId, 'online')
  })

  it('continues with the previous session’s token if the person is still bound to it', async () => {
    const first = await logIn()
    expect(await test.command(worker, robotId, 'logout')).toMatchObject({ state: 'done' })
    expect(await test.session(first)).toMatchObject({ credentialsSealed: expect.any(String) })
    await logIn()
    // The bot is still the first one.
    expect((await test.control('/ilink/state')).bots).toHaveLength(1)
    expect(await test.session(first)).toMatchObject({ credentialsSealed: null })
    await say({ type: 'text', text: '还是你吗' })
    await test.until(async () => (await received()).length === 1)
  })

  it('identifies the account by the person who scanned', async () => {
    await logIn()
    const [robot] = await test.sql`select wechat_uin, nickname from robots where id = ${robotId}`
    expect(robot).toEqual({ wechat_uin: `${ilinkPerson}@im.wechat`, nickname: '' })
  })
})

describe('a message to an iLink robot', () => {
  it('a voice message to an iLink robot is stored as its transcript, or without one as the recording', async () => {
    await logIn()
    const bytesBase64 = Buffer.from('\u0002#!SILK_V3 …').toString('base64')
    await say({ type: 'voice', bytesBase64, transcript: '明天几点开门' })
    await say({ type: 'voice', bytesBase64 })
    await test.until(async () => (await received()).length === 2)
    const [spoken, recording] = await received()
    expect(spoken).toMatchObject({ type: 'text', content: '明天几点开门' })
    expect(recording).toMatchObject({ type: 'other', content: expect.stringContaining('/v1/media/med_') })
    const [media] = await test.sql`select content_type from media where robot_id = ${robotId}`
    expect(media).toEqual({ content_type: 'audio/silk' })
  })

  it('a file to an iLink robot keeps its name and bytes', async () => {
    await logIn()
    await say({ type: 'file', bytesBase64: Buffer.from('价目表').toString('base64'), fileName: '报价单.txt' })
    await test.until(async () => (await received()).length === 1)
    const [media] = await test.sql`select file_name, bytes from media where robot_id = ${robotId}`
    expect(media).toEqual({ file_name: '报价单.txt', bytes: Buffer.from('价目表') })
  })
})

describe('the reply window', () => {
  const closed = (message: RegExp) => ({ code: 'ILLEGAL_ACTION', message: expect.stringMatching(message) })

  it('the reply window is closed before the person has written', async () => {
    await logIn()
    await expect(send()).rejects.toMatchObject(closed(/还没有发来消息/))
  })

  it('the reply window is closed after ten messages, including those accepted together, until the person writes again', async () => {
    await logIn()
    await say({ type: 'text', text: '在吗' })
    await test.until(async () => (await received()).length === 1)
    const ids = []
    for (let index = 0; index < 12; index++)
      ids.push(await test.accept({ robotId, toUser: 'owner', content: `${index}` }))
    void worker.wake(robotId)
    const states = []
    for (const id of ids) states.push((await test.reply(id)).state)
    expect(states).toEqual([...Array.from({ length: 10 }, () => 'sent'), 'refused', 'refused'])
    await expect(send()).rejects.toMatchObject(closed(/已发送 10 条/))
    await say({ type: 'text', text: '还在吗' })
    await test.until(async () => (await received()).length === 2)
    expect(await send()).toMatchObject({ state: 'sent' })
  })

  it('the reply window is closed 24 hours after the last message of the person', async () => {
    await logIn()
    await say({ type: 'text', text: '在吗' })
    await test.until(async () => (await received()).length === 1)
    await test.sql`update messages set created_at = clock_timestamp() - interval '24 hours' where robot_id = ${robotId}`
    await expect(send()).rejects.toMatchObject(closed(/超过 24 小时/))
  })
})

describe('a send of an iLink robot', () => {
  const fault = (ret: number) => test.control('/faults', { path: '/sendmessage', kind: 'ret', ret })
  async function online() {
    const sessionId = await logIn()
    await say({ type: 'text', text: '在吗' })
    await test.until(async () => (await received()).length === 1)
    return sessionId
  }

  it('goes to the person who scanned, by id or as owner, and to no other', async () => {
    await online()
    expect(await send('一', `${ilinkPerson}@im.wechat`)).toMatchObject({ state: 'sent' })
    for (const toUser of ['filehelper', 'room_1', '@abc', 'other@im.wechat'])
      await expect(send('二', toUser)).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
  })

  it('a send of an iLink robot has an unknown outcome when iLink accepts it without a message number', async () => {
    await online()
    await fault(0)
    expect(await send()).toMatchObject({ state: 'unknown', errorCode: 'OUTCOME_UNKNOWN' })
  })

  it('a send of an iLink robot is -1 for any other ret', async () => {
    await online()
    await fault(-9)
    expect(await send()).toMatchObject({ state: 'refused', errorCode: 'WECHAT_REFUSED' })
  })

  it('waits after ret -2, and fails with 1205 at the deadline', async () => {
    await online()
    await fault(-2)
    const id = await test.accept({ robotId, toUser: 'owner', content: '慢', timeoutMs: 3000 })
    await worker.wake(robotId)
    expect(await test.reply(id)).toMatchObject({ errorCode: 'WECHAT_TOO_OFTEN' })
  })

  it('a send of an iLink robot with ret -14 takes the robot offline with 1102', async () => {
    const sessionId = await online()
    await fault(-14)
    expect(await send()).toMatchObject({ state: 'refused', errorCode: 'SESSION_GONE' })
    await isState(sessionId, 'ended')
    expect(await test.session(sessionId)).toMatchObject({ endReason: 'expired' })
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { updateConnector } from '@/lib/connector/update-connector'
import { recordCallback } from '@/lib/wecom/record-callback'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { checkCompany } from '@/worker/testing/check-company'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { testSealer, useRobots } from '@/worker/testing/use-robots'

const account = 'wkSimulator0001'
const wxid = 'wxid_liwei0000102'
const customer = `wm${Buffer.from(wxid).toString('base64url')}`
const chat = `/wecom/accounts/${account}/people/${wxid}`
const wecomTimes = { pollMs: 100, retryMs: 100, outageMs: 300 }

const test = useRobots()
let worker: RobotPool
let connectorId: string
let robotId: string

beforeEach(async () => {
  worker = test.startWorker({ wecomTimes })
  connectorId = (await connectCompany(test)).connectorId
  robotId = await test.givenRobot({ connection: 'wecom_kf', connectorId, username: account })
})
afterEach(() => test.sql`delete from wecom_callbacks`)

const start = async () => {
  const started = await test.db.transaction((tx) => startKfSessions(tx))
  await worker.wake(robotId)
  return started
}
const state = async () =>
  (await test.sql`select state, end_reason from sessions where robot_id = ${robotId} order by created_at desc`)[0]
const isState = (wanted: string) => test.until(async () => (await state())?.['state'] === wanted)
const online = async () => {
  await start()
  await isState('online')
}
const say = (message: object) => test.control(`${chat}/messages`, message)
const hear = async (text = '在吗') => {
  await say({ type: 'text', text })
  await test.until(async () => (await received()).some(({ content }) => content === text))
}
const received = async () => (await test.messages(robotId)).filter(({ direction }) => direction === 'in')
const send = async (content: string, more = {}) => {
  const id = await test.accept({ robotId, toUser: customer, content, ...more })
  void worker.wake(robotId)
  return { ...(await test.reply(id)), id }
}
const customerMessages = async () =>
  (await test.control(`${chat}/messages`)).messages.filter(({ from }: { from: string }) => from === 'api')
const row = async (id: string) => (await test.messages(robotId)).find((message) => message.id === id)
const callsOf = async (path: string) => (await test.control(`/calls?path=${path}`)).calls as unknown[]
const check = () => checkCompany(test, { connectorId })

describe('a 客服 robot', () => {
  it('is online by itself, under the name of its account, which may also be its username', async () => {
    await test.sql`update robots set username = '云商城客服' where id = ${robotId}`
    await online()
    const [robot] = await test.sql`select nickname, wechat_uin from robots where id = ${robotId}`
    expect(robot).toEqual({ nickname: '云商城客服', wechat_uin: account })
    expect(await start()).toEqual([])
  })

  it('stays offline until its callback URL is verified, and for an account that the app does not see', async () => {
    await test.sql`update wecom_companies set callback_verified_at = null where connector_id = ${connectorId}`
    expect(await start()).not.toContain(robotId)
    await test.sql`update wecom_companies set callback_verified_at = now() where connector_id = ${connectorId}`
    await test.sql`update robots set username = 'wkNone' where id = ${robotId}`
    await start()
    await isState('ended')
    expect(await state()).toMatchObject({ end_reason: 'login_refused' })
  })

  it('stays offline on the account of another robot, which may be named by its name', async () => {
    await online()
    const second = await test.givenRobot({ connection: 'wecom_kf', connectorId, username: '云商城客服' })
    await test.db.transaction((tx) => startKfSessions(tx))
    await worker.wake(second)
    await test.until(
      async () => (await test.sql`select 1 from sessions where robot_id = ${second} and state = 'ended'`).length > 0,
    )
    expect(await state()).toMatchObject({ state: 'online' })
  })

  it('starts again once a check finds nothing missing after its credentials were refused', async () => {
    await online()
    const { secret } = await test.control('/wecom/state')
    await test.control('/wecom/settings', { secret: 'another-secret' })
    await test.control('/wecom/tokens/expire', {})
    await isState('ended')
    expect(await start()).not.toContain(robotId)
    expect(await check()).toEqual(['wecom_check_secret'])
    await test.control('/wecom/settings', { secret: 'third-secret' })
    const secrets = { agentSecret: 'third-secret' }
    await test.db.transaction((tx) => updateConnector(tx, { sealer: testSealer, connectorId, secrets }))
    expect(await check()).toEqual([])
    await online()
    await test.control('/wecom/settings', { secret })
  })

  it('pulls at a callback with its token, before the next poll', async () => {
    await worker.stop()
    worker = test.startWorker({ wecomTimes: { ...wecomTimes, pollMs: 60_000 } })
    await online()
    await say({ type: 'text', text: '快来' })
    const before = (await callsOf('/sync_msg')).length
    const hint = { openKfId: account, syncToken: 'not-one-of-wecom' }
    await test.db.transaction((tx) => recordCallback(tx, { connectorId, nonce: '1', hint }))
    await worker.wake(robotId)
    await test.until(async () => (await received()).length === 1)
    // Refused with an unknown token, then repeated without.
    expect((await callsOf('/sync_msg')).length - before).toBeLessThanOrEqual(3)
  })
})

describe('a message to a 客服 robot', () => {
  it.each([
    [
      { type: 'wire', msgtype: 'location', content: { name: '门店', address: '人民路 1 号' } },
      '[位置] 门店 人民路 1 号',
    ],
    [
      { type: 'wire', msgtype: 'link', content: { title: '新品', url: 'https://a.example/' } },
      '[链接] 新品 https://a.example/',
    ],
    [{ type: 'wire', msgtype: 'msgmenu', content: { head_content: '请选择' } }, '[菜单] 请选择'],
    [{ type: 'wire', msgtype: 'merged_msg', content: {} }, '[聊天记录]'],
    [{ type: 'wire', msgtype: 'something_new', content: { a: 1 } }, '[消息]'],
  ])('of another kind is a short line (%#)', async (message, text) => {
    await online()
    await say(message)
    await test.until(async () => (await received()).length === 1)
    expect((await received())[0]).toMatchObject({
      type: 'other',
      content: text,
      peerUsername: customer,
      senderName: '李伟',
    })
  })

  it('that is spoken or a file is kept as a file', async () => {
    await online()
    const bytesBase64 = Buffer.from('#!AMR\n…').toString('base64')
    for (const type of ['voice', 'video', 'file']) await say({ type, bytesBase64 })
    await test.until(async () => (await received()).length === 3)
    for (const { content } of await received()) expect(content).toContain('/v1/media/med_')
  })

  it('from before the robot existed is not its own', async () => {
    await say({ type: 'text', text: '旧消息' })
    await test.sql`update robots set created_at = now() + interval '5 minutes' where id = ${robotId}`
    await online()
    await test.control('/wecom/clock', { aheadMs: 10 * 60_000 })
    await hear('新消息')
    expect((await received()).map(({ content }) => content)).toEqual(['新消息'])
  })
})

describe('a send of a 客服 robot', () => {
  it('goes to people who have written, and to no other', async () => {
    await online()
    const to = (toUser: string) => test.accept({ robotId, toUser, content: '你好' })
    for (const toUser of [customer, 'owner', 'filehelper', '@abc', 'room_1'])
      await expect(to(toUser)).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' })
    await hear()
    expect(await send('你好')).toMatchObject({ state: 'sent' })
  })

  it('is split over 2,048 bytes, every part counts, and a text that needs too many is refused before the first', async () => {
    await online()
    await hear()
    expect(await send('字'.repeat(2000))).toMatchObject({ state: 'sent' })
    expect((await customerMessages()).map(({ text }: { text: string }) => text).join('')).toBe('字'.repeat(2000))
    expect(await customerMessages()).toHaveLength(3)
    await expect(send('字'.repeat(2000))).rejects.toMatchObject({
      code: 'ILLEGAL_ACTION',
      message: expect.stringContaining('只能再发 2 条'),
    })
    expect(await send('一')).toMatchObject({ state: 'sent' })
    expect(await send('二')).toMatchObject({ state: 'sent' })
    await expect(send('三')).rejects.toMatchObject({ message: expect.stringMatching(/已发送 5 条/) })
  })

  it('whose later part is refused has an unknown outcome', async () => {
    await online()
    await hear()
    await test.control('/faults', { path: '/send_msg', kind: 'delay', delayMs: 1 })
    await test.control('/faults', { path: '/send_msg', kind: 'ret', ret: 40058 })
    const sent = await send('字'.repeat(1000))
    expect(sent).toMatchObject({ state: 'unknown', errorCode: 'OUTCOME_UNKNOWN' })
    expect(sent.errorMessage).toContain('第 2 条没有发出')
  })

  it.each([
    [95001, 'ILLEGAL_ACTION'],
    [95018, 'ILLEGAL_ACTION'],
    [48002, 'ILLEGAL_ACTION'],
    [60020, 'WECHAT_REFUSED'],
    [99999, 'WECHAT_REFUSED'],
  ])('that gets %i is refused with %s', async (ret, errorCode) => {
    await online()
    await hear()
    await test.control('/faults', { path: '/send_msg', kind: 'ret', ret })
    expect(await send('你好')).toMatchObject({ state: 'refused', errorCode })
  })

  it('that WeCom reports as failed later becomes refused, with the reason', async () => {
    await online()
    await hear()
    await test.control('/wecom/settings', { failNextSends: { count: 1, failType: 10 } })
    const { id } = await send('你好')
    await test.until(async () => (await row(id))?.state === 'refused')
    expect(await row(id)).toMatchObject({ errorCode: 'WECHAT_REFUSED', errorMessage: '对方拒收，消息没有送达' })
    expect(await customerMessages()).toEqual([])
  })

  it('is refused while an employee has the conversation, and possible again afterwards', async () => {
    await online()
    await hear()
    await test.control(`${chat}/take-over`, {})
    expect(await send('机器人')).toMatchObject({ state: 'refused', errorCode: 'ILLEGAL_ACTION' })
    await test.control(`${chat}/reply`, { text: '人工' })
    await test.control(`${chat}/end`, {})
    await hear('谢谢')
    expect(await send('不客气')).toMatchObject({ state: 'sent' })
    expect((await received()).map(({ content }) => content)).toEqual(['在吗', '谢谢'])
  })
})

describe('the access token', () => {
  it('is requested once per expiry by all workers together, and a call with an expired one is repeated', async () => {
    const second = test.startWorker({ wecomTimes })
    const others = await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        const { openKfId } = await test.control('/wecom/accounts', { name: `客服 ${index}` })
        return test.givenRobot({ connection: 'wecom_kf', connectorId, username: openKfId })
      }),
    )
    const robots = [robotId, ...others]
    await test.db.transaction((tx) => startKfSessions(tx))
    const isOnline = async () =>
      (await test.sql`select 1 from sessions where state = 'online' and robot_id in ${test.sql(robots)}`).length === 7
    await Promise.all(robots.map((id, index) => (index % 2 ? second : worker).wake(id)))
    await test.until(isOnline)
    expect(await callsOf('/gettoken')).toHaveLength(1)
    await test.control('/wecom/tokens/expire', {})
    await test.until(async () => (await callsOf('/gettoken')).length === 2)
    await hear()
    expect(await send('还在')).toMatchObject({ state: 'sent' })
    expect(await callsOf('/gettoken')).toHaveLength(2)
  })
})

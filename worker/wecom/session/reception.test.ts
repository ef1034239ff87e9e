import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requestHandover, resolveConversation } from '@/lib/conversation/change-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { findRefusedHandovers } from '@/lib/conversation/service-handover'
import { presentConversation } from '@/lib/http/present-conversation'
import { updateRobot } from '@/lib/robot/update-robot'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { useRobots } from '@/worker/testing/use-robots'

const account = 'wkSimulator0001'
const wxid = 'wxid_liwei0000102'
const customer = `wm${Buffer.from(wxid).toString('base64url')}`
const chat = `/wecom/accounts/${account}/people/${wxid}`

const test = useRobots()
let worker: RobotPool
let robotId: string

beforeEach(async () => {
  worker = test.startWorker({ wecomTimes: { pollMs: 100, retryMs: 100, outageMs: 300 } })
  const { connectorId } = await connectCompany(test)
  robotId = await test.givenRobot({ connection: 'wecom_kf', connectorId, username: account })
})
afterEach(() => test.sql`delete from wecom_callbacks`)

const setUp = async (change: { welcomeText?: string; handsOverInService?: boolean; servicerId?: string }) => {
  await test.db.transaction((tx) => updateRobot(tx, { robotId, ...change }))
  await test.db.transaction((tx) => startKfSessions(tx))
  await worker.wake(robotId)
  await test.until(async () => {
    const [session] = await test.sql`select state from sessions where robot_id = ${robotId}`
    return session?.['state'] === 'online'
  })
}
const act = (name: string, body: object = {}) => test.control(`${chat}/${name}`, body)
const say = (text: string) => act('messages', { type: 'text', text })
const rows = () => test.messages(robotId)
const isHeard = (text: string) => test.until(async () => (await rows()).some(({ content }) => content === text))
const conversation = async () =>
  (
    await test.sql`select id, state, service_handover_at, service_refusal, handover_reason from conversations where robot_id = ${robotId}`
  )[0]
const isState = (state: string) => test.until(async () => (await conversation())?.['state'] === state)
const serviceState = async () =>
  (await test.control('/wecom/state')).conversations.find((one: { wxid: string }) => one.wxid === wxid)?.state
const isServiceState = (state: number) => test.until(async () => (await serviceState()) === state)
const seen = async () =>
  ((await test.control(`${chat}/messages`)).messages as { from: string; text: string }[])
    .filter(({ from }) => from === 'api')
    .map(({ text }) => text)
const refusals = () => test.sql`
  select detail from conversation_entries e join conversations c on c.id = e.conversation_id
    where c.robot_id = ${robotId} and e.kind = 'service_refused'`
const request = async () => {
  const { id } = (await conversation()) as unknown as { id: string }
  await test.db.transaction((tx) => requestHandover(tx, { id }, { source: 'keyword' }))
  void worker.wake(robotId)
}

describe('a welcome text', () => {
  it('is sent once to a person who opens the chat, and is in the conversation', async () => {
    await setUp({ welcomeText: '您好' })
    await act('enter')
    await test.until(async () => (await rows())[0]?.state === 'sent')
    expect(await rows()).toMatchObject([{ state: 'sent', content: '您好', replySource: 'welcome' }])
    expect(await conversation()).toMatchObject({ state: 'bot' })
    await say('在吗')
    await isHeard('在吗')
    expect(await seen()).toEqual(['您好'])
  })

  it('or none: the application learns once who opened the chat, and from where', async () => {
    await setUp({})
    await test.sql`update applications set callback_url = 'https://shop.test/cb', event_types = '{chat_entered}'
      where id = (select application_id from robots where id = ${robotId})`
    await act('enter', { sceneParam: 'shop-12' })
    await say('在吗')
    await isHeard('在吗')
    const events = await test.sql`select type, data from callback_events where robot_id = ${robotId}`
    const data = { robot_id: robotId, from_user: customer, nickname: '李伟', scene: 'wxbot', scene_param: 'shop-12' }
    expect(events).toEqual([{ type: 'chat_entered', data }])
  })

  it('that was not delivered becomes refused', async () => {
    await setUp({ welcomeText: '您好' })
    await test.control('/wecom/settings', { failNextSends: { count: 1, failType: 10 } })
    await act('enter')
    await test.until(async () => (await rows())[0]?.state === 'refused')
  })

  it('is not sent when there is none', async () => {
    await setUp({})
    await act('enter')
    await say('在吗')
    await isHeard('在吗')
    expect(await seen()).toEqual([])
  })
})

describe('a handover in WeCom', () => {
  it('puts the conversation into the pool after the last words, and its end returns it to the robot', async () => {
    await setUp({ handsOverInService: true })
    await say('人工')
    await isHeard('人工')
    const words = await test.accept({ robotId, toUser: customer, content: '请稍候' })
    await request()
    await isServiceState(2)
    expect((await rows()).find(({ id }) => id === words)?.state).toBe('sent')
    await test.until(async () => (await conversation())?.['service_handover_at'] === null)
    await act('take-over')
    await act('end')
    await isState('closed')
    await say('谢谢')
    await isState('bot')
  })

  it('is not requested without the setting', async () => {
    await setUp({})
    await say('人工')
    await isHeard('人工')
    await request()
    await isState('waiting')
    expect(await conversation()).toMatchObject({ service_handover_at: null })
    expect(await serviceState()).toBe(0)
  })

  it('is asked for again while WeCom cannot be reached', async () => {
    await setUp({ handsOverInService: true })
    await say('人工')
    await isHeard('人工')
    await test.control('/faults', { path: 'service_state/trans', kind: 'reset' })
    await request()
    await test.until(async () => {
      const [due] =
        await test.sql`select 1 from conversations where robot_id = ${robotId} and service_handover_at > now()`
      return due !== undefined
    })
    await test.sql`update conversations set service_handover_at = now() where robot_id = ${robotId}`
    await worker.wake(robotId)
    await isServiceState(2)
  }, 40_000)

  it('gives the conversation to the chosen employee', async () => {
    await setUp({ handsOverInService: true, servicerId: 'ZhangSan' })
    await say('人工')
    await isHeard('人工')
    await request()
    await isServiceState(3)
    await test.until(async () => (await conversation())?.['service_handover_at'] === null)
    expect(await refusals()).toEqual([])
  })

  it('waits in the queue while the chosen employee is not on duty, and the conversation says why', async () => {
    await setUp({ handsOverInService: true, servicerId: 'ZhangSan' })
    await test.control('/wecom/settings', { servicers: [{ userid: 'ZhangSan', isOnDuty: false }] })
    await say('人工')
    await isHeard('人工')
    await request()
    await isServiceState(2)
    await test.until(async () => (await refusals()).length === 1)
    expect(await refusals()).toEqual([{ detail: { refusal: { reason: 'wecom_servicer' }, isQueued: true } }])
    expect(await conversation()).toMatchObject({ state: 'waiting', service_refusal: null })
  })

  it('that WeCom refuses waits for an operator, and says why until one takes it', async () => {
    await setUp({ handsOverInService: true })
    await say('人工')
    await isHeard('人工')
    await test.control('/faults', { path: 'service_state/trans', kind: 'ret', ret: 48002 })
    await request()
    const refusal = { reason: 'wecom_api_off', params: { code: 48002 } }
    await test.until(async () => (await conversation())?.['service_refusal'] !== null)
    expect(await conversation()).toMatchObject({
      state: 'waiting',
      service_handover_at: null,
      service_refusal: refusal,
    })
    expect(await refusals()).toEqual([{ detail: { refusal } }])
    expect(await findRefusedHandovers(test.db, { robotId })).toEqual({ count: 1, latest: refusal })
    const { id: conversationId } = (await conversation()) as unknown as { id: string }
    const row = await getConversationOrThrow(test.db, { conversationId })
    expect(presentConversation(row)).toMatchObject({ handover_problem: '应用没有这个客服账号的接口权限（48002）' })
    await test.db.transaction((tx) => resolveConversation(tx, { conversationId, operatorId: null }))
    expect(await conversation()).toMatchObject({ service_refusal: null })
  })

  it('by an employee on their own silences the robot, before the message that follows', async () => {
    await setUp({})
    await say('在吗')
    await isHeard('在吗')
    await act('take-over')
    await isState('waiting')
    expect(await conversation()).toMatchObject({ handover_reason: { source: 'service' }, service_handover_at: null })
    await act('end')
    await isState('closed')
  })
})

it('only a 客服 robot has a welcome text or hands over in the service', async () => {
  const web = await test.givenRobot({})
  for (const change of [{ welcomeText: '您好' }, { handsOverInService: true }, { servicerId: 'ZhangSan' }])
    await expect(test.db.transaction((tx) => updateRobot(tx, { robotId: web, ...change }))).rejects.toMatchObject({
      code: 'ILLEGAL_ACTION',
    })
})

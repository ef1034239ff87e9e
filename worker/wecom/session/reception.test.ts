import { describe, expect, it } from 'vitest'
import { findRefusedHandovers } from '@/lib/conversation/service-handover'
import { resolveConversation } from '@/lib/conversation/resolve-conversation'
import { getConversationOrThrow } from '@/lib/conversation/list-conversations'
import { presentConversation } from '@/lib/http/present-conversation'
import { updateRobot } from '@/lib/robot/update-robot'
import { useReception } from '@/worker/testing/use-reception'

const reception = useReception()
const { test, customer, setUp, act, say, rows, isHeard, conversation, isState, serviceState, isServiceState } =
  reception
const { robotId, wake, conversationId, seen, refusals, request } = reception

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
      where id = (select application_id from robots where id = ${robotId()})`
    await act('enter', { sceneParam: 'shop-12' })
    await say('在吗')
    await isHeard('在吗')
    const events = await test.sql`select type, data from callback_events where robot_id = ${robotId()}`
    const data = { robot_id: robotId(), from_user: customer, nickname: '李伟', scene: 'wxbot', scene_param: 'shop-12' }
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
    const words = await test.accept({ robotId: robotId(), toUser: customer, content: '请稍候' })
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
        await test.sql`select 1 from conversations where robot_id = ${robotId()} and service_handover_at > now()`
      return due !== undefined
    })
    await test.sql`update conversations set service_handover_at = now() where robot_id = ${robotId()}`
    await wake()
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
    expect(await findRefusedHandovers(test.db, { robotId: robotId() })).toEqual({ count: 1, latest: refusal })
    const about = { conversationId: await conversationId() }
    const row = await getConversationOrThrow(test.db, about)
    expect(presentConversation(row)).toMatchObject({ handover_problem: '应用没有这个客服账号的接口权限（48002）' })
    await test.db.transaction((tx) => resolveConversation(tx, { ...about, operatorId: null }))
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

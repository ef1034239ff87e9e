import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimEvents } from '@/lib/callback/delivery/claim-events'
import { dataFields, orderData } from '@/lib/callback/event/data-fields'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { callbackEvents } from '@/lib/db/schema/callback'
import type { CallbackEventType } from '@/lib/db/types'
import { eventCallbacks } from '@/lib/http/openapi/callbacks'
import { createSealer, newSigningSecret } from '@/lib/secret'
import { givenApplication } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { buildRequest } from '@/worker/delivery/build-request'

const sealer = createSealer([{ id: 'k1', key: randomBytes(32) }])
const alertUrl = 'https://alerts.example/'
let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

/** What goes out of an event that the database has kept. */
async function bodyOf(type: CallbackEventType, data: Record<string, unknown>): Promise<string> {
  const { db } = database
  const id = `app_${type}`
  await givenApplication(db, {
    id,
    callbackUrl: 'https://shop.example/cb',
    signingSecretSealed: sealer.seal(newSigningSecret(), `application.signing:${id}`),
    callbackTokenSealed: sealer.seal('wx_token', `application.callback:${id}`),
  })
  const lane = applicationLane(id)
  await db.insert(callbackEvents).values({ id: `evt_${type}`, applicationId: id, lane, type, data })
  const [event] = await claimEvents(db, { lane, limit: 1, claimSeconds: 30 })
  const request = buildRequest(event!, { sealer, alertUrl }, Date.now())
  return 'reason' in request ? request.reason : request.body
}

const qun = { code: 'MEU3', url: 'https://wxbot.example/weiqun/MTAw', owner: '宋公明', assistant: 'weimi1001' }
const conversation = { nickname: '小林', to_user: '@p', room_id: '', conversation_id: 'cnv_1', robot_id: 'rbt_1' }
const conversationText = '"robot_id":"rbt_1","conversation_id":"cnv_1","room_id":"","to_user":"@p","nickname":"小林"'
const qunText =
  '"robot_id":"rbt_1","code":"MEU3","url":"https://wxbot.example/weiqun/MTAw","owner":"宋公明","assistant":"weimi1001"'

describe('a callback is these bytes', () => {
  const received = { room_id: 'room_1', robot_id: 'rbt_1', nickname: '小林', content: '请问几点开门？' }
  const receivedText = '"content":"请问几点开门？","robot_id":"rbt_1","room_id":"room_1","nickname":"小林"'
  const room = { nickname: '微米客户群', room_id: 'room_1', robot_id: 'rbt_1' }
  const roomText = '"robot_id":"rbt_1","room_id":"room_1","nickname":"微米客户群"'
  it.each<[CallbackEventType, Record<string, unknown>, string]>([
    ['send_message', received, receivedText],
    ['test', received, receivedText],
    ['room_joined', room, roomText],
    ['room_left', room, roomText],
    ['room_renamed', { previous_nickname: '旧名', ...room }, `${roomText},"previous_nickname":"旧名"`],
    [
      'robot_status',
      { reason: '', nickname: '微米助手', username: 'weimi1001', status: 'online', robot_id: 'rbt_1' },
      '"robot_id":"rbt_1","status":"online","username":"weimi1001","nickname":"微米助手","reason":""',
    ],
    [
      'message_sent',
      { msg_type: 'text', message_id: 'msg_1', to_user: 'room_1', room_id: 'room_1', robot_id: 'rbt_1', content: '好' },
      '"content":"好","robot_id":"rbt_1","room_id":"room_1","to_user":"room_1","message_id":"msg_1","msg_type":"text"',
    ],
    [
      'chat_entered',
      { scene_param: 'shop-12', scene: 'wxbot', nickname: '小林', from_user: 'wm1', robot_id: 'rbt_1' },
      '"robot_id":"rbt_1","from_user":"wm1","nickname":"小林","scene":"wxbot","scene_param":"shop-12"',
    ],
    [
      'friend_request',
      { content: '我是小林', nickname: '小林', robot_id: 'rbt_1' },
      '"robot_id":"rbt_1","nickname":"小林","content":"我是小林"',
    ],
    ['qun_created', { ...qun, robot_id: 'rbt_1' }, qunText],
    ['qun_owner_arrived', { ...qun, robot_id: 'rbt_1' }, qunText],
    ['qun_full', { ...qun, robot_id: 'rbt_1' }, qunText],
    ['qun_member_joined', { member: '黑旋风', ...qun, robot_id: 'rbt_1' }, `${qunText},"member":"黑旋风"`],
    ['qun_failed', { reason: '微信拒绝', ...qun, robot_id: 'rbt_1' }, `${qunText},"reason":"微信拒绝"`],
    [
      'handover_requested',
      { reason: '', source: 'keyword', ...conversation },
      `${conversationText},"source":"keyword","reason":""`,
    ],
    [
      'conversation_assigned',
      { operator: 'a@b.example', ...conversation },
      `${conversationText},"operator":"a@b.example"`,
    ],
    ['conversation_resolved', { operator: '', ...conversation }, `${conversationText},"operator":""`],
  ])('%s', async (type, data, text) =>
    expect(await bodyOf(type, data)).toBe(`{"token":"wx_token","action":"${type}","data":{${text}}}`),
  )

  it('endpoint_paused, to the operators, without a token', async () => {
    const data = {
      reason: 'gone',
      failing_since: null,
      callback_url: 'https://shop.example/cb',
      application_id: 'app_1',
    }
    expect(await bodyOf('endpoint_paused', data)).toBe(
      '{"action":"endpoint_paused","data":{"application_id":"app_1","callback_url":"https://shop.example/cb","reason":"gone","failing_since":null}}',
    )
  })
})

it('the published document names the fields of each event in the order of its bytes', () => {
  for (const [action, { post }] of Object.entries(eventCallbacks)) {
    const { schema } = post!.requestBody!.content['application/json'] as { schema: { shape: Shape } }
    expect(Object.keys(schema.shape)).toEqual(['token', 'action', 'data'])
    expect(Object.keys(schema.shape['data']!.shape), action).toEqual(dataFields[action as CallbackEventType])
  }
})
type Shape = Record<string, { shape: Shape }>

it('an order loses and adds no field, whatever an event is made of', () => {
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(dataFields) as CallbackEventType[])), fc.object(), (type, data) => {
      expect(orderData(type, data)).toEqual(data)
      expect(JSON.stringify(orderData(type, orderData(type, data)))).toBe(JSON.stringify(orderData(type, data)))
    }),
  )
})

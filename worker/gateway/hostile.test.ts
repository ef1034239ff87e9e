import { expect, it } from 'vitest'
import { loginCode, loginState } from '@/worker/gateway/protocol/shapes'
import { useGatewayRobot } from '@/worker/gateway/testing/use-gateway-robot'

const given = useGatewayRobot()
const { test } = given

it('many changes of one room and of contacts cause one lookup of the room', async () => {
  await given.goOnline()
  const appId = await given.appId()
  await given.stopWorker()
  const envelope = { Appid: appId, Wxid: given.account }
  const from = { FromUserName: { string: '20000000001@chatroom' }, ToUserName: { string: given.account } }
  for (let index = 0; index < 20; index++) {
    const line = {
      ...from,
      MsgType: 10_000,
      Content: { string: `第 ${index} 次改群名` },
      NewMsgId: `70000000000000${100 + index}`,
    }
    expect(await given.callBack(JSON.stringify({ ...envelope, TypeName: 'AddMsg', Data: line }))).toMatchObject({
      status: 200,
    })
    const changed = { UserName: { string: index % 2 ? '20000000001@chatroom' : 'wxid_wangfang0101' }, Seq: index }
    await given.callBack(JSON.stringify({ ...envelope, TypeName: 'ModContacts', Data: changed }))
  }
  const roomCount = (await test.rooms(given.robotId)).length
  await test.control('/calls', undefined, 'DELETE')
  given.startWorker()
  const waiting = () => test.sql`select from gateway_events where robot_id = ${given.robotId} and body is not null`
  await test.until(async () => (await waiting()).length === 0)
  const { calls } = (await test.control('/calls?path=/getChatroomInfo')) as { calls: unknown[] }
  // Each room once for the list after the start, and one lookup.
  expect(calls.length).toBeLessThanOrEqual(roomCount + 1)
  await given.isStatus('online')
})

it('a code that no QR code can hold is refused before it is stored', () => {
  const code = (qrData: unknown) => loginCode.safeParse({ appId: 'wx_1', uuid: 'u', qrData }).success
  expect(code('http://weixin.qq.com/x/abc')).toBe(true)
  for (const qrData of ['', 'x'.repeat(2_001), '群'.repeat(900), 'a\nb', null, {}]) expect(code(qrData)).toBe(false)
  expect(loginState.safeParse({ url: `https://x.example/${'a'.repeat(3_000)}` }).success).toBe(false)
  expect(loginState.parse({ url: null, status: '1' })).toMatchObject({ url: '', status: 1 })
})

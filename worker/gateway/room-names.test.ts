import { expect, it } from 'vitest'
import * as qun from '@/app/(api)/wxbot/qun/route'
import { useGatewayRobot } from '@/worker/gateway/testing/use-gateway-robot'

const given = useGatewayRobot()
const { test } = given

it('a room whose name the gateway refuses opens its group, and gets a plain name after three more refusals', async () => {
  await given.makeAssistant()
  await given.goOnline()
  await test.control('/faults', { path: '/modifyChatroomName', kind: 'ret', ret: -4, times: 6 })
  const code = Buffer.from('0E7D6D8FB6C3|9999').toString('base64')
  const order = { code, owner: '宋公明★梁山', assistant: 'shop' }
  await given.askQun(qun, order)
  const owner = (await test.control('/accounts', { nickname: '宋公明本人', canLogIn: false })).wxid
  await test.control(`/accounts/${given.account}/friend-requests`, { from: owner, greeting: `我是${code}` })
  await test.until(async () => (await given.askQun(qun, order))['status'] === 'open')
  const read = async () => (await test.sql`select * from quns where robot_id = ${given.robotId}`)[0] ?? {}
  for (const count of [1, 2, 3]) {
    await test.until(async () => (await read())['failure_count'] === count)
    await test.sql`update quns set retry_at = clock_timestamp() where robot_id = ${given.robotId}`
  }
  await test.until(async () => (await read())['nonce_name'] === null)
  const { room_id: roomId, name } = await read()
  const [room] = await test.sql`select name, username from rooms where id = ${roomId as string}`
  expect(room?.['name']).toMatch(/^[\p{L}\p{N}]{1,16}$/u)
  expect(room?.['name']).not.toBe(name)
  const { rooms } = (await test.control('/state')) as { rooms: { id: string; name: string }[] }
  expect(rooms.find(({ id }) => id === room?.['username'])?.name).toBe(room?.['name'])
  expect(rooms.filter(({ name: other }) => other.startsWith('新群') || other === room?.['name'])).toHaveLength(1)
})

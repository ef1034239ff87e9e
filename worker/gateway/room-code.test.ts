import { expect, it } from 'vitest'
import * as mediaRoute from '@/app/(api)/v1/media/[id]/route'
import * as robotDetail from '@/app/(api)/v1/robots/[robotId]/route'
import * as roomCode from '@/app/(api)/v1/robots/[robotId]/rooms/[roomId]/qr/route'
import { useGatewayRobot } from '@/worker/gateway/testing/use-gateway-robot'

const given = useGatewayRobot()
const { test, post } = given

it('E3: the QR code of a room is fetched once, kept until its last day, and can be opened by its link', async () => {
  await given.goOnline()
  const { robot } = (await given.get(robotDetail)).data as { robot: { capabilities: { join_qr: boolean } } }
  expect(robot.capabilities.join_qr).toBe(true)
  const { id: roomId } = await test.room(given.robotId, '云商城售后群 100086')
  const ask = async () => {
    const response = await post(roomCode, {}, { roomId })
    expect(response).toMatchObject({ retCode: 0 })
    return response.data as { qrcode_url: string; expires_at: string }
  }
  const first = await ask()
  expect(new Date(first.expires_at).getTime() / 86_400_000).toBeCloseTo(Date.now() / 86_400_000 + 7, 1)
  const id = first.qrcode_url.split('/').at(-1) ?? ''
  const image = await mediaRoute.GET(new Request(first.qrcode_url), { params: Promise.resolve({ id }) })
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(await ask()).toEqual(first)
  await test.sql`update outgoing_files set expires_at = expires_at - interval '6 days 1 hour'`
  expect((await ask()).qrcode_url).not.toBe(first.qrcode_url)
  const entries = await test.sql`select from audit_entries where action = 'room.code'`
  expect(entries).toHaveLength(2)
})

it('E3: a refused, unreadable or missing QR code of a room has the documented code', async () => {
  await given.goOnline()
  const { id: roomId } = await test.room(given.robotId, '云商城售后群 100086')
  const ask = (room: string) => post(roomCode, {}, { roomId: room })
  await test.control('/faults', { path: '/getChatroomQrCode', kind: 'ret', ret: -4 })
  expect(await ask(roomId)).toMatchObject({ retCode: -1 })
  await test.control('/faults', { path: '/getChatroomQrCode', kind: 'html' })
  expect((await ask(roomId)).retCode).not.toBe(0)
  for (const unknown of ['room_0000000000000000000000', 'wxid_wangfang0101', 'filehelper', '\0'])
    expect(await ask(unknown)).toMatchObject({ retCode: -1001 })
  expect(await ask('20000000001@chatroom')).toMatchObject({ retCode: 0 })
})

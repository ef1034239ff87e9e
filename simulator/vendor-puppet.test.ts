import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, expect, it, vi } from 'vitest'

import type { RunningSimulator } from '@/simulator/start-simulator'
import { startSimulator } from '@/simulator/start-simulator'
import type { Robot } from '@/simulator/testing/vendor-robot'
import { createVendorRobot, nextEvent, stopVendorRobot } from '@/simulator/testing/vendor-robot'
import { WebClient } from '@/simulator/testing/web-client'
import { tinyPng } from '@/lib/testing/tiny-png'

const me = 'wxid_weimi000001'
const roomId = '20000000001@chatroom'

let simulator: RunningSimulator
let people: WebClient
let robot: Robot
let errors: string[]

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, pollHoldMs: 1_000 })
  people = new WebClient(simulator.origin)
  const stock = createVendorRobot(simulator.origin)
  robot = stock.robot
  errors = stock.errors
})

afterAll(async () => {
  await stopVendorRobot(robot)
  await simulator.stop()
})

const topics = async () => {
  const ids = await robot.roomList()
  return Promise.all(ids.map(async (id) => ({ id, topic: (await robot.roomPayload(id)).topic })))
}
const roomNamed = async (topic: string) =>
  vi.waitFor(async () => {
    const found = (await topics()).find((room) => room.topic === topic)
    if (!found) throw new Error(`no room ${topic}`)
    return found.id
  })
const contactNamed = async (name: string) => {
  const ids = await robot.contactList()
  // Raw, because the puppet caches the first payload that it parsed, possibly of a mere room member.
  const contacts = await Promise.all(ids.map((id) => robot.contactRawPayload(id)))
  const found = contacts.find((contact) => contact.NickName === name && contact.ContactFlag === 3)
  if (!found) throw new Error(`no contact ${name}`)
  return found.UserName
}
/** The part of a FileBox that the puppet reads. */
const fileOf = (name: string, bytes: Buffer) =>
  ({ name, toStream: () => Promise.resolve(Readable.from([bytes])) }) as never
const lastMessage = async () => {
  const { messages } = await people.control(`/rooms/${roomId}/messages`)
  return messages.at(-1)
}

it('the vendor puppet logs in by code, scan and confirmation', async () => {
  const shown = nextEvent<{ qrcode: string }>(robot, 'scan')
  await robot.start()
  const { qrcode } = await shown
  const uuid = encodeURIComponent(qrcode.replace('https://login.weixin.qq.com/l/', ''))

  const scanned = nextEvent<{ data?: string }>(robot, 'scan')
  await people.control(`/codes/${uuid}/scan`, { wxid: me })
  expect((await scanned).data).toMatch(/^data:image\/png;base64,/)

  const loggedIn = nextEvent<{ contactId: string }>(robot, 'login')
  await people.control(`/codes/${uuid}/confirm`, { wxid: me })
  const self = await robot.contactPayload((await loggedIn).contactId)
  expect(self.name).toBe('微米助手')
})

it('the vendor puppet finds contacts, remarks and rooms with their members', async () => {
  const id = await roomNamed('云商城售后群 100086')
  const names = (await topics()).map((room) => room.topic)
  expect(names).toContain('微米科技合作群 100111')
  expect(names.filter((name) => name === '老同学').length).toBe(2)
  expect(await vi.waitFor(() => contactNamed('王芳'))).toMatch(/^@[0-9a-f]{64}$/)
  const li = await robot.contactRawPayload(await contactNamed('李伟'))
  expect(li.RemarkName).toBe('青岛李总')
  expect((await robot.roomMemberList(id)).length).toBe(8)
})

it('the vendor puppet receives a text and an image from a room', async () => {
  const id = await roomNamed('云商城售后群 100086')
  const event = nextEvent<{ messageId: string }>(robot, 'message')
  await people.control(`/rooms/${roomId}/messages`, { from: 'wxid_wangfang0101', type: 'text', text: '在吗 <急> 😊' })
  const text = await robot.messagePayload((await event).messageId)
  expect(text).toMatchObject({ roomId: id, text: '在吗 <急> 😊' })
  expect((await robot.contactPayload(text.talkerId ?? '')).name).toBe('王芳')

  const seen = nextEvent<{ messageId: string }>(robot, 'message')
  const picture = { from: 'wxid_liwei0000102', type: 'image', imageBase64: tinyPng.toString('base64') }
  await people.control(`/rooms/${roomId}/messages`, picture)
  const file = await robot.messageFile((await seen).messageId)
  expect(await file.toBuffer()).toEqual(tinyPng)
})

it('the vendor puppet receives a private message', async () => {
  const event = nextEvent<{ messageId: string }>(robot, 'message')
  await people.control(`/chats/${me}/messages`, { from: 'wxid_chenjing0105', type: 'text', text: '你好' })
  const text = await robot.messagePayload((await event).messageId)
  expect(text).toMatchObject({ text: '你好', listenerId: robot.currentUserId })
  expect(text.roomId).toBeUndefined()
})

it('the vendor puppet sends a text, a small image, an image over 512 KB and a file', async () => {
  const id = await roomNamed('云商城售后群 100086')
  await robot.messageSendText(id, '您好 & 谢谢')
  expect(await lastMessage()).toMatchObject({ from: me, text: '您好 & 谢谢', via: 'web' })

  const large = Buffer.concat([tinyPng, randomBytes(1_300_000)])
  for (const bytes of [tinyPng, large]) {
    await robot.messageSendFile(id, fileOf('图册.png', bytes))
    const message = await lastMessage()
    expect(message).toMatchObject({ from: me, type: 'image', contentType: 'image/png' })
    const stored = await fetch(simulator.origin + message.mediaUrl)
    expect(Buffer.from(await stored.arrayBuffer()).equals(bytes)).toBe(true)
  }
  await robot.messageSendFile(id, fileOf('table.csv', Buffer.from('a,b\n1,2\n')))
  expect(await lastMessage()).toMatchObject({ type: 'file', fileName: 'table.csv' })
})

it('the vendor puppet creates a room, adds a member and renames the room', async () => {
  const others = await Promise.all(['王芳', '李伟'].map(contactNamed))
  const created: unknown = await robot.roomCreate(others, '新店开业 100999')
  const id = (created as { ChatRoomName: string }).ChatRoomName
  expect(id).toMatch(/^@@[0-9a-f]{64}$/)
  await roomNamed('新店开业 100999')

  const joined = nextEvent<{ roomId: string }>(robot, 'room-join')
  await robot.roomAdd(id, await contactNamed('陈静'))
  expect((await joined).roomId).toBe(id)

  const renamed = nextEvent<{ newTopic: string; roomId: string }>(robot, 'room-topic')
  await robot.roomTopic(id, '新店开业 200999')
  expect(await renamed).toMatchObject({ roomId: id, newTopic: '新店开业 200999' })
  const { rooms } = await people.control('/state')
  expect(rooms.at(-1)).toMatchObject({ name: '新店开业 200999', owner: me })
  expect(rooms.at(-1).members.length).toBe(4)
})

it('the vendor puppet reports that another member renamed a room', async () => {
  const id = await roomNamed('团购接龙🛒 100111')
  const renamed = nextEvent<{ newTopic: string; roomId: string }>(robot, 'room-topic')
  await people.control('/rooms/20000000004@chatroom/rename', { name: '团购 100222', by: 'wxid_machao000113' })
  expect(await renamed).toMatchObject({ roomId: id, newTopic: '团购 100222' })
})

it('the vendor puppet accepts a friend request', async () => {
  const friendship = nextEvent<{ friendshipId: string }>(robot, 'friendship')
  const greeting = '我是邓璐，口令 "591690718D66"'
  await people.control(`/accounts/${me}/friend-requests`, { from: 'wxid_denglu000126', greeting })
  const { friendshipId } = await friendship
  const request = await robot.friendshipPayload(friendshipId)
  expect(request).toMatchObject({ hello: greeting })

  const confirmed = nextEvent(robot, 'friendship')
  await robot.friendshipAccept(friendshipId)
  await confirmed
  await vi.waitFor(async () => expect(await contactNamed('邓璐')).toBe(request.contactId))
})

it('the vendor puppet is logged out when the account logs in elsewhere', async () => {
  expect(errors).toEqual([])
  const loggedOut = nextEvent(robot, 'logout')
  await people.control(`/accounts/${me}/kick`, { how: 'elsewhere' })
  await loggedOut
  const { accounts } = await people.control('/state')
  expect(accounts[0]).toMatchObject({ wxid: me, online: false })
  // The library detects a kick only at its third failed poll.
}, 30_000)

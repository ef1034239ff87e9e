import { FileBox } from 'file-box'
import { type Friendship, log, type Message, WechatyBuilder } from 'wechaty'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWechatPort } from '@/worker/wechat/open-wechat-port'
import { PortPuppet } from '@/worker/wechat/testing/port-puppet'
import { codePath, robotAccount, roomName, useSimulator } from '@/worker/wechat/testing/use-simulator'

const test = useSimulator()

let bot: ReturnType<typeof WechatyBuilder.build>
let received: Message[]
let requests: Friendship[]

/** Logs a bot of the real wechaty in on a robot's connection. */
beforeEach(async () => {
  log.level('silent')
  received = []
  requests = []
  bot = WechatyBuilder.build({
    puppet: new PortPuppet(createWechatPort({ wechatOrigin: test.simulator.origin })) as never,
  })
  bot.on('message', (message) => void received.push(message))
  bot.on('friendship', (friendship) => void requests.push(friendship))
  const scanned = new Promise<string>((resolve) => bot.once('scan', (content) => resolve(content)))
  const loggedIn = new Promise<void>((resolve) => bot.once('login', () => resolve()))
  const ready = new Promise<void>((resolve) => bot.once('ready', () => resolve()))
  await bot.start()
  const code = codePath(await scanned)
  await test.control(`${code}/scan`, { wxid: robotAccount })
  await test.control(`${code}/confirm`, { wxid: robotAccount })
  await Promise.all([loggedIn, ready])
})
afterEach(() => bot.stop())

async function findRoom() {
  const room = await bot.Room.find({ topic: roomName })
  if (!room) throw new Error('the seed has no such room')
  return room
}
const lastInRoom = async () => (await test.control(`/rooms/${test.roomId()}/messages`)).messages.at(-1)

describe('wechaty on a robot’s connection', () => {
  it('sends a text to a room and knows WeChat’s id of it', async () => {
    const sent = await (await findRoom()).say('wechaty 说的')
    expect(await lastInRoom()).toMatchObject({ id: (sent as Message).id, text: 'wechaty 说的' })
  })

  it('sends an image that arrives whole', async () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(700_000, 7)])
    await (await findRoom()).say(FileBox.fromBuffer(png, 'a.png'))
    const { type, mediaUrl } = (await lastInRoom()) ?? { mediaUrl: '' }
    expect(type).toBe('image')
    const arrived = await (await fetch(test.simulator.origin + mediaUrl)).arrayBuffer()
    expect(Buffer.from(arrived).equals(png)).toBe(true)
  })

  it('receives a message with its room and sender', async () => {
    await test.say('听到了')
    const message = await vi.waitFor(() => received[0] ?? Promise.reject(new Error('nothing yet')), 10_000)
    expect([message.text(), await message.room()?.topic()]).toEqual(['听到了', roomName])
    expect(message.talker().name()).not.toBe('')
  })

  it('throws what WeChat refuses', async () => {
    const room = await findRoom()
    await test.fault({ path: 'webwxsendmsg', kind: 'ret', ret: 1205 })
    await expect(room.say('x')).rejects.toThrow('refused')
    expect(await test.calls('webwxsendmsg')).toBe(1)
  })

  it('renames a room', async () => {
    await (await findRoom()).topic('新名字')
    await vi.waitFor(() =>
      expect(Object.values(test.simulator.world.data.rooms).map(({ name }) => name)).toContain('新名字'),
    )
  })

  it('creates a room with friends', async () => {
    const contacts = await bot.Contact.findAll()
    const room = await bot.Room.create(contacts.slice(0, 2), 'wechaty 建的群')
    expect(await bot.Room.find({ topic: 'wechaty 建的群' })).toMatchObject({ id: room.id })
    expect(Object.values(test.simulator.world.data.rooms).map(({ name }) => name)).toContain('wechaty 建的群')
  })

  it('accepts a friend request', async () => {
    const { wxid = '' } = (await test.control('/accounts', { nickname: '新朋友' })) as { wxid?: string }
    await test.control(`/accounts/${robotAccount}/friend-requests`, { from: wxid, greeting: '你好' })
    const request = await vi.waitFor(() => requests[0] ?? Promise.reject(new Error('none yet')), 10_000)
    expect(request.hello()).toBe('你好')
    await request.accept()
    expect(await test.calls('webwxverifyuser')).toBe(1)
  })

  it('leaves the account logged in when it stops', async () => {
    await bot.stop()
    const { accounts } = await test.control('/state')
    expect(accounts.find(({ wxid }) => wxid === robotAccount)?.online).toBe(true)
    expect(await test.calls('webwxlogout')).toBe(0)
  })
})

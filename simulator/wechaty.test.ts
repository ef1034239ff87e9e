import { WechatyBuilder } from 'wechaty'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startSimulator, type RunningSimulator } from '@/simulator/start-simulator'
import { createVendorRobot, stopVendorRobot, type Robot } from '@/simulator/testing/vendor-robot'
import { WebClient } from '@/simulator/testing/web-client'

const me = 'wxid_weimi000001'
const roomId = '20000000001@chatroom'
const roomName = '云商城售后群 100086'

let simulator: RunningSimulator
let robot: Robot

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, pollHoldMs: 1_000 })
  robot = createVendorRobot(simulator.origin).robot
})
afterAll(async () => {
  await stopVendorRobot(robot)
  await simulator.stop()
})

it('wechaty with the vendor puppet logs in, finds a room, sends a message and receives one', async () => {
  const people = new WebClient(simulator.origin)
  const bot = WechatyBuilder.build({ puppet: robot })
  const received: string[] = []
  bot.on('message', (message) => void (message.self() || received.push(message.text())))
  const scanned = new Promise<string>((resolve) => bot.once('scan', (url) => resolve(url)))
  const loggedIn = new Promise<void>((resolve) => bot.once('login', () => resolve()))
  await bot.start()
  const uuid = (await scanned).replace(/^.*\/l\//, '')
  await people.control(`/codes/${encodeURIComponent(uuid)}/scan`, { wxid: me })
  await people.control(`/codes/${encodeURIComponent(uuid)}/confirm`, {})
  await loggedIn

  const room = await vi.waitFor(async () => {
    const found = await bot.Room.find({ topic: roomName })
    if (!found) throw new Error('not loaded yet')
    return found
  }, 20_000)
  await room.say('wechaty 说的')
  const { messages } = await people.control(`/rooms/${roomId}/messages`)
  expect(messages.at(-1)).toMatchObject({ from: me, text: 'wechaty 说的' })

  await people.control(`/rooms/${roomId}/messages`, { from: 'wxid_wangfang0101', type: 'text', text: '听到了' })
  await vi.waitFor(() => expect(received).toContain('听到了'), 10_000)
}, 60_000)

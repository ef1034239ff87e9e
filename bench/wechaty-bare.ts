// The peer of `bench/peer-messages.ts`: wechaty with its puppet wechat4u, one route and one handler, without a database or a retry.
// `fork('bench/wechaty-bare.ts')`, which is sent the settings and sends back its port once all accounts are online.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { setTimeout } from 'node:timers/promises'
import { log, type Message, type Room, WechatyBuilder } from 'wechaty'
import { createVendorRobot } from '@/simulator/testing/vendor-robot'

export type BareSettings = { simulatorURL: string; endpointUrl: string; robots: { wxid: string; roomName: string }[] }

process.once('message', (settings: BareSettings) => void open(settings))
process.on('disconnect', () => process.exit())

async function open({ simulatorURL, endpointUrl, robots }: BareSettings): Promise<void> {
  log.level('silent')
  const rooms: Room[] = []
  for (const robot of robots) rooms.push(await logIn(simulatorURL, robot, (message) => post(endpointUrl, message)))
  const app = new Hono()
  app.post('/send/:robot', async (context) => {
    await rooms[Number(context.req.param('robot'))]!.say(await context.req.text())
    return context.json({ retCode: 0 })
  })
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
}

async function post(endpointUrl: string, message: Message): Promise<void> {
  if (message.self() || !message.room()) return
  const data = { room: await message.room()?.topic(), sender: message.talker().name(), content: message.text() }
  await fetch(endpointUrl, { method: 'POST', body: JSON.stringify({ data }) })
}

/** Logs one account in by the simulator's control API; returns its room. */
async function logIn(
  origin: string,
  { wxid, roomName }: BareSettings['robots'][number],
  onMessage: (m: Message) => unknown,
) {
  const bot = WechatyBuilder.build({ puppet: createVendorRobot(origin).robot })
  bot.on('message', (message) => void onMessage(message))
  const scanned = new Promise<string>((resolve) => bot.once('scan', (url) => resolve(url)))
  const loggedIn = new Promise<void>((resolve) => bot.once('login', () => resolve()))
  await bot.start()
  const code = `${origin}/sim/codes/${encodeURIComponent((await scanned).replace(/^.*\/l\//, ''))}`
  const headers = { 'content-type': 'application/json' }
  for (const step of ['scan', 'confirm'])
    await fetch(`${code}/${step}`, { method: 'POST', headers, body: JSON.stringify({ wxid }) })
  await loggedIn
  for (;;) {
    const room = await bot.Room.find({ topic: roomName })
    if (room) return room
    await setTimeout(100)
  }
}

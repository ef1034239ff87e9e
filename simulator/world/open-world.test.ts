import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { startSimulator } from '@/simulator/start-simulator'
import { WebClient } from '@/simulator/testing/web-client'

const weimi = 'wxid_weimi000001'
const roomId = '20000000001@chatroom'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulator-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('a restart keeps logins, user names, sync positions, messages and images', async () => {
  const dataFile = path.join(folder, 'deep', 'simulator.json')
  const first = await startSimulator({ port: 0, dataFile, pollHoldMs: 200 })
  const web = await new WebClient(first.origin).login(weimi)
  const { UserName } = await web.findContact('云商城售后群 100086')
  const picture = { from: 'wxid_wangfang0101', type: 'image', imageBase64: 'R0lGODlhAQABAAAAACw=' }
  await web.control(`/rooms/${roomId}/messages`, picture)
  const held = web.synccheck().catch(() => 'cut')
  await first.stop()
  await held

  const second = await startSimulator({ port: 0, dataFile, pollHoldMs: 200 })
  const resumed = Object.assign(new WebClient(second.origin), { ...web, origin: second.origin })
  const { AddMsgList } = await resumed.sync()
  expect(AddMsgList).toMatchObject([{ MsgType: 3, FromUserName: UserName }])
  const image = await resumed.fetch(`/cgi-bin/mmwebwx-bin/webwxgetmsgimg?MsgID=${AddMsgList[0].MsgId}`)
  expect(Buffer.from(await image.arrayBuffer()).toString('base64')).toBe(picture.imageBase64)
  expect((await resumed.findContact('云商城售后群 100086')).UserName).toBe(UserName)
  await second.stop()
})

it('an unreadable world file is renamed and a new world is seeded', async () => {
  const dataFile = path.join(folder, 'broken.json')
  const { writeFile } = await import('node:fs/promises')
  await writeFile(dataFile, '{"version":1,"peop')
  const simulator = await startSimulator({ port: 0, dataFile })
  expect(Object.keys(simulator.world.data.people).length).toBeGreaterThan(30)
  await simulator.stop()
  expect((await readdir(folder)).filter((name) => name.startsWith('broken.json')).length).toBe(2)
})

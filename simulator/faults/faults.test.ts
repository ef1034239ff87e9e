import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'

import type { RunningSimulator } from '@/simulator/start-simulator'
import { startSimulator } from '@/simulator/start-simulator'
import { WebClient } from '@/simulator/testing/web-client'

const weimi = 'wxid_weimi000001'
const roomId = '20000000001@chatroom'
let simulator: RunningSimulator
let web: WebClient
let room: string

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, pollHoldMs: 200 })
  web = await new WebClient(simulator.origin).login(weimi)
  room = (await web.findContact('云商城售后群 100086')).UserName
})
afterAll(() => simulator.stop())
beforeEach(() => fetch(`${simulator.origin}/sim/faults`, { method: 'DELETE' }))

const order = (fault: object) => web.control('/faults', { path: 'webwxsendmsg', ...fault })
const wasSaid = async (text: string) => {
  const { messages } = await web.control(`/rooms/${roomId}/messages`)
  return messages.some((message: { text: string }) => message.text === text)
}
const sendRaw = (text: string) =>
  web.fetch('/cgi-bin/mmwebwx-bin/webwxsendmsg', {
    method: 'POST',
    body: JSON.stringify({ BaseRequest: web.base, Msg: { Type: 1, Content: text, ToUserName: room } }),
  })

it.each([
  ['status', { status: 502 }, 502, /Bad Gateway/],
  ['html', {}, 200, /^<!DOCTYPE html>/],
  ['cut', {}, 200, /^\{"BaseResponse.*[^}]$/],
  ['no-base-response', {}, 200, /^\{(?!.*BaseResponse)/],
  ['ret', { ret: 1205 }, 200, /"Ret":1205/],
])('fault %s replaces one response, before or after the call takes effect', async (kind, more, status, pattern) => {
  for (const when of ['before', 'after']) {
    await order({ kind, when, ...more })
    const response = await sendRaw(`${kind} ${when}`)
    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(pattern)
    expect(await wasSaid(`${kind} ${when}`)).toBe(when === 'after')
  }
  expect((await web.send(room, 'heil')).BaseResponse.Ret).toBe(0)
})

it('fault reset closes the connection, before or after the call takes effect', async () => {
  for (const when of ['before', 'after']) {
    await order({ kind: 'reset', when })
    await expect(sendRaw(`reset ${when}`)).rejects.toThrow('fetch failed')
    expect(await wasSaid(`reset ${when}`)).toBe(when === 'after')
  }
})

it('fault hold delays the real response until it is released', async () => {
  const { id } = await order({ kind: 'hold', when: 'after' })
  const response = web.send(room, 'held')
  await vi.waitFor(async () => expect(await wasSaid('held')).toBe(true))
  const { faults } = await web.control('/faults')
  expect(faults).toMatchObject([{ id, held: 1, remaining: 0 }])
  await web.control(`/faults/${id}/release`, {})
  expect((await response).BaseResponse.Ret).toBe(0)
})

it('fault hang closes the held connection when the fault is deleted', async () => {
  await order({ kind: 'hang' })
  const response = sendRaw('hang')
  await vi.waitFor(async () => expect((await web.control('/faults')).faults[0]?.held).toBe(1))
  await fetch(`${simulator.origin}/sim/faults`, { method: 'DELETE' })
  await expect(response).rejects.toThrow('fetch failed')
})

it('a fault affects only its account, and only the given number of calls', async () => {
  await order({ kind: 'ret', ret: 1, wxid: 'wxid_yunkefu00002' })
  expect((await web.send(room, 'mine')).BaseResponse.Ret).toBe(0)
  await order({ kind: 'ret', ret: 1205, wxid: weimi, times: 2 })
  const rets = [await web.send(room, 'x'), await web.send(room, 'x'), await web.send(room, 'x')]
  expect(rets.map((response) => response.BaseResponse.Ret)).toEqual([1205, 1205, 0])
})

it('the call log records path, ret, fault and status of each call', async () => {
  await fetch(`${simulator.origin}/sim/calls`, { method: 'DELETE' })
  await order({ kind: 'ret', ret: 1205 })
  await web.send(room, 'x')
  await web.synccheck()
  const { calls } = await web.control(`/calls?wxid=${weimi}`)
  expect(calls).toMatchObject([
    { path: '/cgi-bin/mmwebwx-bin/webwxsendmsg', ret: 1205, fault: 'ret' },
    { path: '/cgi-bin/mmwebwx-bin/synccheck', ret: 0, fault: null, status: 200 },
  ])
})

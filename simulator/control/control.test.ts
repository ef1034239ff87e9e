import { afterAll, beforeAll, expect, it } from 'vitest'

import type { RunningSimulator } from '@/simulator/start-simulator'
import { startSimulator } from '@/simulator/start-simulator'

let simulator: RunningSimulator
beforeAll(async () => {
  simulator = await startSimulator({ port: 0 })
})
afterAll(() => simulator.stop())

const call = (path: string, init: RequestInit = {}) => fetch(`${simulator.origin}/sim${path}`, init)
const post = (path: string, body: object) => call(path, { method: 'POST', body: JSON.stringify(body) })

it.each([
  ['a foreign origin', { Origin: 'https://evil.example' }, 403],
  ['a cross-site fetch', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['its own page', { 'Sec-Fetch-Site': 'same-origin' }, 200],
  ['a program', {}, 200],
])('a control request from %s with headers %j returns %i', async (_who, headers, status) => {
  expect((await call('/state', { headers })).status).toBe(status)
})

it.each([
  ['/codes/none/scan', { wxid: 'wxid_weimi000001' }, 404],
  ['/codes/none/scan', {}, 400],
  ['/rooms/none/rename', { name: 'x', by: 'wxid_weimi000001' }, 404],
  ['/rooms/20000000001@chatroom/messages', { from: 'wxid_denglu000126', type: 'text', text: 'x' }, 400],
  ['/accounts', { nickname: 'x', wxid: 'constructor' }, 400],
  ['/accounts', { nickname: 'x', wxid: 'wxid_weimi000001' }, 409],
  ['/accounts/wxid_dingdan00004/kick', { how: 'phone' }, 409],
  ['/faults', { path: 'x', kind: 'flood' }, 400],
])('POST %s with body %j returns %i and an error', async (path, body, status) => {
  const response = await post(path, body)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
})

it('a new account can be created and can get a friend', async () => {
  await post('/accounts', { nickname: '第二十号', wxid: 'wxid_robot_20' })
  const made = await post('/accounts/wxid_robot_20/friends', { friend: 'wxid_wangfang0101', remark: '王总' })
  expect(await made.json()).toMatchObject({ canLogIn: true, friends: [{ wxid: 'wxid_wangfang0101', remark: '王总' }] })
})

it('the event stream sends the new revision after a change', async () => {
  const response = await call('/events')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const { value: first } = await reader.read()
  const { revision } = JSON.parse(/data: (.*)/.exec(first ?? '')?.[1] ?? '{}') as { revision: number }
  await post('/rooms/20000000001@chatroom/messages', { from: 'wxid_wangfang0101', type: 'text', text: 'x' })
  const { value: next } = await reader.read()
  expect(next).toContain(`"revision":${revision + 1}`)
  await reader.cancel()
})

it('the simulator serves the phone page and its preact file', async () => {
  const page = await fetch(simulator.origin)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await page.text()).toContain('这是微信模拟器，不是真的微信')
  expect((await fetch(`${simulator.origin}/phone/preact.js`)).status).toBe(200)
})

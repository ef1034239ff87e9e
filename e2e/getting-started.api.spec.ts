import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { Webhook } from 'standardwebhooks'
import type { SharedProduct } from '@/e2e/global-setup'
import { expect, test } from '@/e2e/test'

const account = 'wxid_yunkefu00002'
/** Returns whether the account belongs to a person, not to a robot. */
const isPerson = (wxid: string) => /01\d\d$/.test(wxid)

type ReceivedRequest = { method: string; url: string; headers: IncomingMessage['headers']; body: string }
type Envelope = { retCode: number; errorMsg: string; data?: Record<string, unknown> }

/** Starts the developer's endpoint, which records every callback. */
async function listen(): Promise<{ server: Server; origin: string; requests: ReceivedRequest[] }> {
  const requests: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      response.setHeader('content-type', 'application/json').end('{"retCode":0,"errorMsg":""}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

function createApplication(product: SharedProduct, callbackUrl: string) {
  const args = ['application', 'create', '--name', 'shop', '--callback-url', callbackUrl, '--json']
  const output = execFileSync(process.execPath, ['scripts/cli.mjs', ...args], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { PATH: process.env['PATH'], DATA_DIR: product.dataDir, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  return JSON.parse(output) as { applicationId: string; token: string; signingSecret: string }
}

test('getting started: the nine documented calls and both callbacks work from a terminal', async ({ product }) => {
  const { server, origin, requests } = await listen()
  const { token, signingSecret } = createApplication(product, `${origin}/cb`)

  /** Calls the documented API; every response is HTTP 200 with the envelope. */
  async function call(method: string, path: string, body?: object): Promise<Envelope> {
    const query = body || method === 'POST' ? '' : `?token=${token}`
    const response = await fetch(`${product.baseURL}${path}${query}`, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify({ token, ...body }) } : {}),
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-request-id')).toBeTruthy()
    return (await response.json()) as Envelope
  }
  const phone = async (path: string, body: object) => {
    const response = await fetch(`${product.simulatorURL}/sim${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBeLessThan(300)
  }
  const robotOf = (envelope: Envelope) => envelope.data?.['robot'] as Record<string, string>

  const created = await call('POST', '/robots', { username: ' first_minutes ' })
  expect(created).toMatchObject({ retCode: 0, errorMsg: '', data: { robot: { status: 'offline', nickname: '' } } })
  const robotId = robotOf(created)['id']
  const robot = `/robots/${robotId}`
  expect(robotOf(await call('POST', '/robots', { username: 'first_minutes' }))['id']).toBe(robotId)

  const callbackUrl = `${origin}/login?shop=%E4%B8%80`
  const login = await call('POST', `${robot}/login`, { callback_url: callbackUrl, agent_id: '100086' })
  expect(login).toMatchObject({ retCode: 0, data: { robot: { status: 'waiting_scan' } } })
  const qrcodeUrl = String(login.data?.['qrcode_url'])
  const picture = await fetch(qrcodeUrl)
  expect(picture.headers.get('content-type')).toBe('image/png')
  expect(picture.headers.get('cache-control')).toContain('no-store')

  const { codes } = await (await fetch(`${product.simulatorURL}/sim/state`)).json()
  const code = (codes as { uuid: string; state: string }[]).filter(({ state }) => state === 'waiting').at(-1)
  const codePath = `/codes/${encodeURIComponent(code?.uuid ?? '')}`
  await phone(`${codePath}/scan`, { wxid: account })
  await expect.poll(async () => robotOf(await call('GET', robot))['status']).toBe('waiting_confirm')
  await phone(`${codePath}/confirm`, { wxid: account })
  await expect.poll(async () => robotOf(await call('GET', robot))['status'], { timeout: 20_000 }).toBe('online')
  await expect.poll(() => requests.filter(({ method }) => method === 'GET').length, { timeout: 20_000 }).toBe(1)
  const loginUrl = requests[0]?.url ?? ''
  expect(loginUrl.startsWith('/login?shop=%E4%B8%80&')).toBe(true)
  expect(Object.fromEntries(new URL(loginUrl, origin).searchParams)).toMatchObject({
    robot_id: robotId,
    username: 'first_minutes',
    status: 'online',
  })

  const synced = await call('POST', `${robot}/rooms/sync`, {})
  const rooms = synced.data?.['rooms'] as { id: string; nickname: string }[]
  expect(rooms.length).toBeGreaterThan(2)
  expect(await call('GET', `${robot}/rooms`)).toEqual(synced)
  const active = (await call('GET', `${robot}/rooms/active`)).data?.['rooms'] as {
    username: string
    nickname: string
  }[]
  expect(active.length).toBeGreaterThan(0)
  for (const room of active)
    expect(room).toMatchObject({ username: expect.stringMatching(/^@@/), nickname: expect.stringMatching(/100086$/) })
  const bound = rooms.find(({ nickname }) => nickname === active[0]?.nickname)

  const text = '大家好，我是机器人 🎉\n第二行 <b>&'
  expect(await call('POST', `${robot}/message`, { to_user: bound?.id, msg_type: 'text', content: text })).toMatchObject(
    {
      retCode: 0,
      errorMsg: '',
    },
  )
  expect(
    await call('POST', `${robot}/message`, {
      to_user: active[0]?.username,
      msg_type: 'image',
      content: qrcodePicture(product),
    }),
  ).toMatchObject({ retCode: -1002 })
  const state = await (await fetch(`${product.simulatorURL}/sim/state`)).json()
  const simulated = (state.rooms as { id: string; name: string; members: { wxid: string }[] }[]).find(
    ({ name }) => name === bound?.nickname,
  )
  const roomPath = `/rooms/${encodeURIComponent(simulated?.id ?? '')}/messages`
  const shown = (await (await fetch(`${product.simulatorURL}/sim${roomPath}`)).json()) as {
    messages: { text: string }[]
  }
  expect(shown.messages.map((message) => message.text)).toContain(text)

  const from = simulated?.members.find(({ wxid }) => isPerson(wxid))?.wxid
  await phone(roomPath, { from, type: 'text', text: '请问几点开门？' })
  await expect.poll(() => requests.filter(({ method }) => method === 'POST').length, { timeout: 20_000 }).toBe(1)
  const notified = requests.find(({ method }) => method === 'POST')
  expect(JSON.parse(notified?.body ?? '')).toMatchObject({
    token,
    action: 'send_message',
    data: { content: '请问几点开门？', robot_id: robotId, room_id: bound?.id },
  })
  expect(() =>
    new Webhook(signingSecret).verify(notified?.body ?? '', notified?.headers as Record<string, string>),
  ).not.toThrow()

  expect(await call('POST', `${robot}/logout`, {})).toEqual({ retCode: 0, errorMsg: '' })
  expect(robotOf(await call('GET', robot))['status']).toBe('offline')
  expect(
    await call('POST', `${robot}/message`, { to_user: bound?.id, msg_type: 'text', content: '还在吗' }),
  ).toMatchObject({ retCode: 1102 })
  expect(robotOf(await call('DELETE', robot))['status']).toBe('offline')
  expect(await call('GET', robot)).toMatchObject({ retCode: -1005 })
  server.close()
})

/** Returns a link that the egress guard rejects: the product's own port. */
function qrcodePicture(product: SharedProduct): string {
  return `${product.baseURL}/icon.png`
}

import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { quns } from '@/lib/db/schema/qun'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { getJoinToken, issueJoinToken } from '@/lib/qun/join-token'
import { openQun } from '@/lib/qun/advance-qun'
import { setCompanions } from '@/lib/membership/set-companions'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type FakeWorker, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as rest from '@/app/(api)/wxbot/[[...rest]]/route'
import * as membership from '@/app/(api)/wxbot/qun/membership/route'
import * as qun from '@/app/(api)/wxbot/qun/route'

const code = 'MEU3RDZEOEZCNkMzfDg4ODg='
const draft = { code, owner: '宋公明', assistant: 'weimi1001' }
let database: TestDatabase
let web: TestWeb
let robotId: string
let owners: { close(): Promise<void> }[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database, { QUN_ALLOW: '127.0.0.0/8,10.0.0.0/8,fc00::/7' })
})
afterAll(async () => {
  await web?.close()
  await database?.drop()
})
beforeEach(async () => {
  await database.db.execute(sql`truncate robots, quns, memberships, join_tokens, rate_limits cascade`)
  robotId = await givenRobot(database.db, { username: 'weimi1001', isAssistant: true })
  await database.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静'] }))
})
afterEach(async () => {
  await Promise.all(owners.map((owner) => owner.close()))
  owners = []
})
const startFakeWorker = (owner: FakeWorker) => owners.push(web.startFakeWorker(owner))

type Sent = {
  body?: string | FormData | URLSearchParams
  peer?: string
  headers?: Record<string, string>
  method?: string
}
async function call(
  route: typeof qun,
  { body, peer = signPeerAddress('127.0.0.1'), headers, method = 'POST' }: Sent = {},
) {
  const init = {
    method,
    headers: { [peerHeader]: peer, host: 'wxbot.test', ...headers },
    ...(body === undefined ? {} : { body }),
  }
  const response = await route[method as 'POST'](new Request('http://wxbot.test/wxbot/qun', init))
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
}
const json = (value: object) => ({ body: JSON.stringify(value) })
const error = (status: number, number: number) => ({
  status,
  body: { error: { code: number, message: expect.any(String) } },
})

describe('POST /wxbot/qun', () => {
  it.each([
    [
      'JSON with any Content-Type',
      { ...json(draft), headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    ['a form', { body: new URLSearchParams(draft) }],
    [
      'a form in which + became spaces',
      { body: new URLSearchParams({ ...draft, code: 'fn5+Pz8/' }).toString().replaceAll('%2B', '+') },
    ],
    [
      'a multipart form',
      { body: Object.entries(draft).reduce((form, [name, value]) => (form.append(name, value), form), new FormData()) },
    ],
  ])('B1, B4: accepts %s and returns the url with its status', async (_case, sent) => {
    const { status, body } = await call(qun, sent)
    expect(status).toBe(200)
    expect(body).toEqual({
      qun_create_response: {
        url: expect.stringMatching(/^http:\/\/wxbot\.test\/weiqun\/[\w-]{20}$/),
        owner_url: expect.stringMatching(/\?key=\w{22}$/),
        status: 'pending_owner',
      },
    })
  })

  it('B4: the creation of a group is idempotent by code in every encoding, also for concurrent calls', async () => {
    const forms = [code, code.replace('=', ''), ` ${code}`, code]
    const responses = await Promise.all(forms.map((form) => call(qun, json({ ...draft, code: form }))))
    expect(new Set(responses.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await database.db.select().from(quns)).toMatchObject([{ groupCode: '0E7D6D8FB6C3|8888' }])
  })

  it('B1: a code of another owner or assistant is 1001 with 409', async () => {
    await call(qun, json(draft))
    expect(await call(qun, json({ ...draft, owner: '吴用' }))).toMatchObject(error(409, 1001))
    const other = await givenRobot(database.db, { username: 'weimi1002', isAssistant: true })
    await database.db.transaction((tx) => setCompanions(tx, { robotId: other, names: ['陈静'] }))
    expect(await call(qun, json({ ...draft, assistant: 'weimi1002' }))).toMatchObject(error(409, 1001))
  })

  it.each([
    ['no body', {}, 400, 1001],
    ['no JSON', { body: '{"code":' }, 400, 1001],
    ['a missing code', json({ ...draft, code: undefined }), 400, 1001],
    ['a code that does not decode', json({ ...draft, code: '/w==' }), 400, 1001],
    ['an empty owner', json({ ...draft, owner: ' ' }), 400, 1001],
    ['an owner of the wrong type', json({ ...draft, owner: 7 }), 400, 1001],
    ['a parameter given twice', { body: `code=${code}&code=${code}&owner=a&assistant=b` }, 400, 1001],
    ['a body over 1 MiB', { body: `{"code":"${'a'.repeat(1024 * 1024)}"}` }, 413, 1001],
    ['an unknown assistant', json({ ...draft, assistant: 'nobody' }), 404, 1002],
  ])('B1: refuses %s', async (_case, sent, status, number) => {
    expect(await call(qun, sent)).toMatchObject(error(status, number))
    expect(await database.db.select().from(quns)).toEqual([])
  })

  it('B1: a robot that is not an assistant is 1002, an assistant without companions 1003', async () => {
    await givenRobot(database.db, { username: 'plain' })
    expect(await call(qun, json({ ...draft, assistant: 'plain' }))).toMatchObject(error(404, 1002))
    await database.db.transaction((tx) => setCompanions(tx, { robotId, names: [] }))
    expect(await call(qun, json(draft))).toMatchObject(error(503, 1003))
  })

  it('B1: a refusal by WeChat is 1007 and is recorded, and a repeated request tries again', async () => {
    await givenSession(database.db, { robotId })
    let requestCount = 0
    startFakeWorker({
      command: () =>
        ++requestCount === 1 ? { code: 'WECHAT_REFUSED', message: '微信拒绝了请求（Ret 1）' } : { result: {} },
    })
    expect(await call(qun, json(draft))).toMatchObject(error(502, 1007))
    expect(await call(qun, json(draft))).toMatchObject({ status: 200 })
    expect(requestCount).toBe(2)
  })
})

describe('POST /wxbot/qun/membership', () => {
  async function givenOpenQun() {
    await call(qun, json(draft))
    const [row] = await database.db.select().from(quns)
    const qunId = row?.id ?? ''
    const roomId = await givenRoom(database.db, { robotId, name: row?.name ?? '', username: '@@1' })
    await database.db.transaction((tx) => openQun(tx, { qunId, roomId }))
    await givenSession(database.db, { robotId })
    return { qunId, token: encodeJoinToken((await getJoinToken(database.db, { qunId }))?.token ?? '') }
  }

  it('B6: returns ok after WeChat accepted the member, and states whether an invitation card was sent', async () => {
    const { token } = await givenOpenQun()
    startFakeWorker({ command: ({ payload }) => ({ result: { isInvited: payload?.memberName === '黑旋风二' } }) })
    expect(await call(membership, json({ token, member: '黑旋风' }))).toMatchObject({
      status: 200,
      body: { membership_join_response: { approved: 'ok' } },
    })
    expect((await call(membership, { body: new URLSearchParams({ token, member: '黑旋风二' }) })).body).toEqual({
      membership_join_response: { approved: 'ok', invited: true },
    })
  })

  it('B1: an unknown token is 1004 with 404; a replaced, expired or used one is 1004 with 410', async () => {
    const { qunId, token } = await givenOpenQun()
    const join = (given: string) => call(membership, json({ token: given, member: '黑旋风' }))
    expect(await join('NTkxNjkwNzE4RDY2')).toMatchObject(error(404, 1004))
    expect(await join('what?')).toMatchObject(error(404, 1004))
    const renew = async (limits: object) =>
      encodeJoinToken((await database.db.transaction((tx) => issueJoinToken(tx, { qunId, ...limits }))).token)
    const expired = await renew({ expiresAt: new Date(0) })
    expect(await join(token)).toMatchObject(error(410, 1004))
    expect(await join(expired)).toMatchObject(error(410, 1004))
    expect(await join(await renew({ maxUses: 0 }))).toMatchObject(error(410, 1004))
  })

  it('B1: a qun that is not open, paused, full or closed is 1006; an offline assistant 1003', async () => {
    const { token } = await givenOpenQun()
    const join = () => call(membership, json({ token, member: '黑旋风' }))
    for (const columns of [
      { state: 'pending' },
      { pausedAt: new Date() },
      { fullAt: new Date() },
      { state: 'closed' },
    ] as const) {
      await database.db.update(quns).set({ state: 'open', pausedAt: null, fullAt: null, ...columns })
      expect(await join()).toMatchObject(error(409, 1006))
    }
    await database.db.update(quns).set({ state: 'open', pausedAt: null, fullAt: null })
    await database.db.execute(sql`update sessions set state = 'reconnecting'`)
    expect(await join()).toMatchObject(error(503, 1003))
  })

  it.each([
    ['MEMBER_NOT_FOUND', 404, 1005],
    ['WECHAT_REFUSED', 502, 1007],
    ['WECHAT_TOO_OFTEN', 502, 1007],
    ['SESSION_GONE', 503, 1003],
    ['QUN_NOT_OPEN', 409, 1006],
    ['OUTCOME_UNKNOWN', 503, 1000],
    ['INTERNAL', 500, 1000],
  ] as const)('B1: %s is HTTP %i with code %i', async (failure, status, number) => {
    const { token } = await givenOpenQun()
    startFakeWorker({ command: () => ({ code: failure, message: '原因' }) })
    expect(await call(membership, json({ token, member: '黑旋风' }))).toMatchObject(error(status, number))
  })
})

/** Host headers and their HTTP status: only hosts are accepted that foreign DNS cannot point at us. */
const hosts = [
  ['wxbot.test', 200],
  ['WXBOT.test:3000', 200],
  ['localhost:3000', 200],
  ['127.0.0.1', 200],
  ['10.1.2.3:3000', 200],
  ['[::1]:3000', 200],
  ['[fd00::1]', 200],
  ['evil.test', 403],
  ['evil.wxbot.test', 403],
  ['wxbot.test.evil.test', 403],
  ['127.0.0.1.nip.test', 403],
  ['localhost.evil.test:3000', 403],
  ['10.1.2.3@evil.test', 403],
  ['evil.test#@wxbot.test', 403],
  ['', 403],
] as const

describe('B2: private network only (专网使用)', () => {
  it.each([
    ['an allowed IPv4 address', signPeerAddress('10.1.2.3'), {}, 200],
    ['an allowed IPv6 address', signPeerAddress('fd00::1'), {}, 200],
    ['a public address', signPeerAddress('203.0.113.9'), {}, 403],
    ['a private address that is not listed', signPeerAddress('192.168.1.1'), {}, 403],
    ['a peer header of another process', 'made-up 127.0.0.1', {}, 403],
    ['an empty peer', '', {}, 403],
    ['a forwarding header that no trusted proxy sent', signPeerAddress('127.0.0.1', { isForwarded: true }), {}, 403],
    [
      'our own page',
      signPeerAddress('127.0.0.1'),
      { origin: 'http://wxbot.test', 'sec-fetch-site': 'same-origin' },
      200,
    ],
    ['a page of another site', signPeerAddress('127.0.0.1'), { origin: 'http://evil.test' }, 403],
    ['a page without an origin', signPeerAddress('127.0.0.1'), { origin: 'null' }, 403],
    ['a cross-site request', signPeerAddress('127.0.0.1'), { 'sec-fetch-site': 'cross-site' }, 403],
    ['a same-site request', signPeerAddress('127.0.0.1'), { 'sec-fetch-site': 'same-site' }, 403],
    ['a URL typed into the address bar', signPeerAddress('127.0.0.1'), { 'sec-fetch-site': 'none' }, 200],
  ])('%s', async (_case, peer, headers, status) => {
    const response = await call(qun, { ...json(draft), peer, headers })
    expect(response).toMatchObject(status === 200 ? { status } : error(403, 1008))
  })

  it.each(hosts)('Host %s: %i', async (host, status) => {
    const response = await call(qun, { ...json(draft), headers: { host } })
    expect(response).toMatchObject(status === 200 ? { status } : error(403, 1008))
  })

  it('QUN_TOKEN requires an additional Bearer token', async () => {
    const { env } = web.context
    env.QUN_TOKEN = 'a-token-of-twenty-signs'
    try {
      expect(await call(qun, json(draft))).toMatchObject(error(403, 1008))
      const headers = { authorization: `Bearer ${env.QUN_TOKEN}` }
      expect(await call(qun, { ...json(draft), headers })).toMatchObject({ status: 200 })
      expect(await call(qun, { ...json(draft), headers, peer: signPeerAddress('203.0.113.9') })).toMatchObject(
        error(403, 1008),
      )
    } finally {
      delete env.QUN_TOKEN
    }
  })
})

describe('B1: other responses in this dialect', () => {
  it('405 names the method, 404 is an unknown path, 429 has Retry-After', async () => {
    const refused = await call(qun, { method: 'GET' })
    expect(refused).toMatchObject(error(405, 1001))
    expect(refused.headers.get('allow')).toBe('POST')
    expect(await call(rest)).toMatchObject(error(404, 1001))
    expect(await call(rest, { method: 'GET', peer: signPeerAddress('8.8.8.8') })).toMatchObject(error(403, 1008))
    const { limiter } = web.context
    for (let used = 0; used < 600; used++) await limiter.take('wxbot 10.9.9.9', 600)
    const limited = await call(qun, { ...json(draft), peer: signPeerAddress('10.9.9.9') })
    expect(limited).toMatchObject(error(429, 1009))
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { tokens } from '@/lib/db/schema/application'
import { sampleParameters } from '@/lib/http/openapi/sample-parameters'
import { callRoute, type Seen } from '@/lib/testing/call-route'
import { type ApiCallUnderTest, listApiCalls, listApiRoutes } from '@/lib/testing/list-api-routes'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

type Given = { token?: unknown; body?: unknown; headers?: Record<string, string>; query?: [string, string][] }

const calls = await listApiCalls()
const posts = calls.filter(({ contract }) => contract.method === 'POST')
const reads = calls.filter(({ contract }) => contract.method !== 'POST')
const params = { robotId: 'rbt_unknown', messageId: 'msg_unknown' }

let database: TestDatabase
let web: TestWeb
let applicationId: string
let token: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { sealer } = web.context
  const created = await database.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  applicationId = created.applicationId
  token = (await issueToken(database.db, { applicationId, name: 'unlimited', rateLimitPerMinute: 0 })).token
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

/** A call that would be right but for what is given. */
function make({ contract, route }: ApiCallUnderTest, given: Given = {}): Promise<Seen> {
  const withToken = given.token === undefined ? {} : { token: given.token }
  const { headers = {} } = given
  const body = given.body ?? { ...sampleParameters(contract), ...withToken }
  const query = given.query ?? Object.entries(withToken as Record<string, string>)
  return callRoute(route, contract.method, { params, headers, ...(contract.method === 'POST' ? { body } : { query }) })
}
/** HTTP status of an error of the shape, by dialect. */
const statusOf = ({ contract }: ApiCallUnderTest, v1Status: number) => (contract.dialect === 'v1' ? v1Status : 200)

describe.each(calls)('$name', (call) => {
  it('A2: answers HTTP 200 for an error too (but /v1), in JSON that nobody keeps, without data', async () => {
    const answer = await make(call)
    expect(answer).toMatchObject({ status: statusOf(call, 401), retCode: -1005, errorMsg: '参数 token 缺失' })
    expect(answer.data).toBeUndefined()
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('A2: refuses each other method with 405, naming the right ones', async () => {
    const siblings = calls.filter(({ path }) => path === call.path).map(({ contract }) => contract.method)
    const allowed = [...siblings, ...(siblings.includes('GET') ? ['HEAD'] : [])]
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      if (allowed.includes(method)) continue
      const answer = await callRoute(call.route, method, { params })
      expect(answer).toMatchObject({ status: 405, retCode: -1006, errorMsg: expect.stringContaining(method) })
      expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allowed.sort())
    }
  })

  it('A3: Bearer wins over the token beside it, whatever its case and blanks', async () => {
    for (const authorization of ['Bearer nobody', 'bearer  two words', 'BEARER nobody '])
      expect(await make(call, { token, headers: { authorization } })).toMatchObject({ retCode: 2000 })
    for (const authorization of [`Bearer ${token}`, `bearer   ${token} `])
      expect((await make(call, { token: 'nobody', headers: { authorization } })).retCode).not.toBe(2000)
  })

  it('A3: another scheme, or Bearer with nothing, is no token', async () => {
    for (const authorization of ['Basic YTpi', 'Bearer', token])
      expect(await make(call, { headers: { authorization } })).toMatchObject({ errorMsg: '参数 token 缺失' })
  })

  it('A5: looks at the token before anything else', async () => {
    expect(await make(call, { headers: { authorization: 'Bearer nobody', 'idempotency-key': '' } })).toMatchObject({
      retCode: 2000,
    })
  })
})

describe.each(posts)('$name', (call) => {
  it.each([
    ['empty', ''],
    ['no JSON', 'token=abc'],
    ['cut off', '{"token":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['a text', '"text"'],
    ['a number', '7'],
    ['a byte order mark alone', '\ufeff'],
    ['UTF-16', Buffer.from('{"token":"abc"}', 'utf16le')],
    ['GBK', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xd6, 0xd0, 0x22, 0x7d])],
    ['compressed', Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
    ['half a megabyte of brackets', '['.repeat(500_000)],
  ])('A5: a body that is %s is -1005', async (_kind, body) => {
    const answer = await make(call, { body })
    expect(answer).toMatchObject({ retCode: -1005, status: statusOf(call, 400) })
    expect(answer.errorMsg).toMatch(/^请求正文(不是 UTF-8 编码的 JSON|必须是 JSON 对象)$/)
    const known = await make(call, { body, headers: { authorization: `Bearer ${token}` } })
    expect(known).toMatchObject({ retCode: -1005, errorMsg: answer.errorMsg })
    const unknown = await make(call, { body, headers: { authorization: 'Bearer nobody' } })
    expect(unknown.retCode).toBe(2000)
  })

  it.each([7, true, null, [], {}, ['a'], { token: 'a' }])('A3: the token %j is of the wrong type', async (given) => {
    expect(await make(call, { token: given })).toMatchObject({
      retCode: -1005,
      errorMsg: '参数 token 类型不对，应为字符串',
    })
  })

  it('A2: is JSON by its content, with a byte order mark or any Content-Type', async () => {
    const json = JSON.stringify({ ...sampleParameters(call.contract), token: 'nobody' })
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data',
      'application/xml',
      'x',
    ])
      expect(await make(call, { body: json, headers: { 'content-type': type } })).toMatchObject({ retCode: 2000 })
    expect(await make(call, { body: `\ufeff${json}` })).toMatchObject({ retCode: 2000 })
  })

  it('A2: ignores fields it does not know, however deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const json = JSON.stringify({ ...sampleParameters(call.contract), token: 'nobody' })
    const body = `${json.slice(0, -1)},"more":${deep},"__proto__":{"token":1},"constructor":null}`
    expect(await make(call, { body })).toMatchObject({ retCode: 2000 })
  })

  it('A2: 1 MiB is taken, a byte more is 413, with or without its length told before', async () => {
    const sized = (size: number) => `{"token":"nobody","more":"${'x'.repeat(size - 28)}"}`
    expect(Buffer.byteLength(sized(1024 * 1024))).toBe(1024 * 1024)
    expect(await make(call, { body: sized(1024 * 1024) })).toMatchObject({ retCode: 2000 })
    const tooLarge = { status: 413, retCode: -1005, errorMsg: '请求正文超过 1 MiB' }
    expect(await make(call, { body: sized(1024 * 1024 + 1) })).toMatchObject(tooLarge)
    const handler = call.route.POST
    const body = new Blob([sized(1024 * 1024 + 1)]).stream()
    const request = new Request('http://wxbot.test/', { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect((await handler?.(request, { params: Promise.resolve(params) }))?.status).toBe(413)
  })

  it('A3: a token in the query of a POST does not count', async () => {
    const request = new Request(`http://wxbot.test/?token=${token}`, { method: 'POST', body: '{}' })
    const response = await call.route.POST?.(request, { params: Promise.resolve(params) })
    expect(await response?.json()).toMatchObject({ retCode: -1005, errorMsg: '参数 token 缺失' })
  })

  it.each(Object.keys(call.contract.parameters.shape))(
    'A5: names %s when it is wrong, before it looks for the robot',
    async (name) => {
      const samples: Record<string, unknown> = { ...sampleParameters(call.contract), token }
      const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown
      for (const wrong of [null, true, {}, [], deep, '字'.repeat(3000), 1.5, -7, '\0']) {
        const answer = await make(call, { body: { ...samples, [name]: wrong } })
        expect(answer).toMatchObject({ retCode: -1005, status: statusOf(call, 400) })
        expect(answer.errorMsg).toMatch(new RegExp(`^参数 ${name}[ .]`))
      }
      const { [name]: _, ...without } = samples
      const { errorMsg } = await make(call, { body: without })
      const isOptional = call.contract.parameters.shape[name]?.safeParse(undefined).success
      expect(errorMsg === `参数 ${name} 缺失`).toBe(!isOptional)
    },
  )
})

describe.each(reads)('$name', (call) => {
  it('A3: takes the token of the query, not of a body', async () => {
    expect((await make(call, { token })).errorMsg).not.toContain('token')
  })

  it('A5: refuses a parameter given twice, by its name; those it does not know are ignored', async () => {
    const twice: [string, string][] = [
      ['token', token],
      ['token', token],
    ]
    expect(await make(call, { query: twice })).toMatchObject({ retCode: -1005, errorMsg: '参数 token 重复' })
    const more: [string, string][] = [
      ['token', token],
      ['_', '1'],
      ['_', '2'],
      ['__proto__', 'x'],
      ['token[]', 'x'],
    ]
    expect((await make(call, { query: more })).errorMsg).toBe('机器人不存在')
  })
})

it('A2: a path nobody knows is 404 in the envelope, whatever the method and the token', async () => {
  const catchAlls = (await listApiRoutes()).filter(({ isCatchAll, path }) => isCatchAll && !path.startsWith('/wxbot'))
  expect(catchAlls).toHaveLength(2)
  for (const { route } of catchAlls)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const query: [string, string][] = [['token', token]]
      expect(await callRoute(route, method, { query })).toMatchObject({ status: 404, retCode: -1006 })
    }
})

it('A3: past its rate limit a token gets 429 with Retry-After on every call, and 0 is no limit', async () => {
  const { db } = database
  const limited = await issueToken(db, { applicationId, name: 'limited', rateLimitPerMinute: 2 })
  const [first] = reads
  if (!first) throw new Error('no calls')
  for (let call = 0; call < 2; call++) expect((await make(first, { token: limited.token })).status).toBe(200)
  for (const call of calls) {
    const refused = await make(call, { token: limited.token })
    expect(refused).toMatchObject({ status: 429, retCode: 1 })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  await db.update(tokens).set({ rateLimitPerMinute: 0 }).where(eq(tokens.id, limited.tokenId))
  expect((await make(first, { token: limited.token })).status).toBe(200)
})

it('A3: a token lets 600 calls a minute through unless told otherwise', async () => {
  const { tokenId } = await issueToken(database.db, { applicationId, name: 'plain' })
  const [row] = await database.db.select().from(tokens).where(eq(tokens.id, tokenId))
  expect(row?.rateLimitPerMinute).toBe(600)
})

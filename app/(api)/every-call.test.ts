import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { tokens } from '@/lib/db/schema/application'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import type { LimitChange } from '@/lib/application/token-limits'
import { tokenScopes } from '@/lib/db/types'
import { scopeOf } from '@/lib/http/require-permission'
import { sampleParameters } from '@/lib/http/openapi/curl-sample'
import { callRoute, type ParsedResponse } from '@/lib/testing/call-route'
import { type ApiCallUnderTest, listApiCalls, listApiRoutes } from '@/lib/testing/list-api-routes'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

type Overrides = {
  token?: unknown
  body?: unknown
  headers?: Record<string, string>
  query?: [string, string][] | string
}

const calls = await listApiCalls()
const posts = calls.filter(({ contract }) => contract.method === 'POST')
const reads = calls.filter(({ contract }) => contract.method !== 'POST')
const params = {
  robotId: 'rbt_unknown',
  messageId: 'msg_unknown',
  conversationId: 'cnv_unknown',
  ruleId: 'rul_unknown',
  articleId: 'art_unknown',
  quickReplyId: 'qrp_unknown',
  channelId: 'alc_unknown',
}

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

/** Makes a call that is valid except for the overrides. */
function make({ contract, route }: ApiCallUnderTest, overrides: Overrides = {}): Promise<ParsedResponse> {
  const withToken = overrides.token === undefined ? {} : { token: overrides.token }
  const { headers = {} } = overrides
  const body = overrides.body ?? { ...sampleParameters(contract), ...withToken }
  const query = overrides.query ?? Object.entries(withToken as Record<string, string>)
  return callRoute(route, contract.method, { params, headers, ...(contract.method === 'POST' ? { body } : { query }) })
}
/** Returns the HTTP status of an error in the call's dialect. */
const statusOf = ({ contract }: ApiCallUnderTest, v1Status: number) => (contract.dialect === 'v1' ? v1Status : 200)

describe.each(calls)('$name', (call) => {
  it('A2: returns HTTP 200 for an error too (except /v1), as uncached JSON without data', async () => {
    const response = await make(call)
    expect(response).toMatchObject({ status: statusOf(call, 401), retCode: -1005, errorMsg: '参数 token 缺失' })
    expect(response.data).toBeUndefined()
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('A2: refuses other methods with 405 and Allow', async () => {
    const siblings = calls.filter(({ path }) => path === call.path).map(({ contract }) => contract.method)
    const allowed = [...siblings, ...(siblings.includes('GET') ? ['HEAD'] : [])]
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      if (allowed.includes(method)) continue
      const response = await callRoute(call.route, method, { params })
      expect(response).toMatchObject({ status: 405, retCode: -1006, errorMsg: expect.stringContaining(method) })
      expect(response.headers.get('allow')?.split(', ').sort()).toEqual(allowed.sort())
    }
  })

  it('A3: Bearer takes precedence over a token parameter, in any letter case and with extra spaces', async () => {
    for (const authorization of ['Bearer nobody', 'bearer  two words', 'BEARER nobody '])
      expect(await make(call, { token, headers: { authorization } })).toMatchObject({ retCode: 2000 })
    for (const authorization of [`Bearer ${token}`, `bearer   ${token} `])
      expect((await make(call, { token: 'nobody', headers: { authorization } })).retCode).not.toBe(2000)
  })

  it('A3: another scheme, or Bearer without a value, is not a token', async () => {
    for (const authorization of ['Basic YTpi', 'Bearer', token])
      expect(await make(call, { headers: { authorization } })).toMatchObject({ errorMsg: '参数 token 缺失' })
  })

  it('A3: refuses a token without the scope of the call, for other robots, or from another address', async () => {
    const scope = scopeOf(call.contract)
    const others = tokenScopes.filter((each) => each !== scope)
    const robotId = await givenRobot(database.db, { applicationId })
    const refusal = { status: statusOf(call, 403), retCode: -1006 }
    const limited = async (limits: LimitChange) => {
      const issued = await issueToken(database.db, { applicationId, name: 'l', rateLimitPerMinute: 0, ...limits })
      return make(call, { headers: { authorization: `Bearer ${issued.token}` } })
    }
    expect(await limited({ scopes: others })).toMatchObject({ ...refusal, errorMsg: expect.stringContaining(scope) })
    expect((await limited({ scopes: [scope] })).errorMsg).not.toContain('令牌')
    // A call without a robot lists those of the token, or does not find what belongs to another one.
    const isUnknown = call.contract.path.includes('{') || call.contract.name === 'createQun'
    const forOthers = call.contract.filtersRobots ? { retCode: isUnknown ? -1005 : 0 } : refusal
    expect(await limited({ robotIds: [robotId] })).toMatchObject(forOthers)
    expect(await limited({ networks: ['203.0.113.0/24'] })).toMatchObject({
      ...refusal,
      errorMsg: '这个访问令牌不能从这个地址使用',
    })
  })

  it('A5: checks the token first', async () => {
    expect(await make(call, { headers: { authorization: 'Bearer nobody', 'idempotency-key': '' } })).toMatchObject({
      retCode: 2000,
    })
  })
})

describe.each(posts)('$name', (call) => {
  it.each([
    ['empty', ''],
    ['not JSON', 'token=abc'],
    ['truncated', '{"token":'],
    ['an array', '[]'],
    ['an object with a repeated name', '{"token":"a","token":"b"}'],
    ['null', 'null'],
    ['a string', '"text"'],
    ['only a byte order mark', '\ufeff'],
    ['UTF-16', Buffer.from('{"token":"abc"}', 'utf16le')],
    ['GBK', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xd6, 0xd0, 0x22, 0x7d])],
    ['compressed', Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
    ['half a megabyte of brackets', '['.repeat(500_000)],
  ])('A5: a body that is %s is -1005', async (_kind, body) => {
    const response = await make(call, { body })
    expect(response).toMatchObject({ retCode: -1005, status: statusOf(call, 400) })
    expect(response.errorMsg).toMatch(/^(请求正文(为空|不是 UTF-8 编码的 JSON|必须是 JSON 对象)|参数 token 重复)$/)
    const known = await make(call, { body, headers: { authorization: `Bearer ${token}` } })
    expect(known).toMatchObject({ retCode: -1005, errorMsg: response.errorMsg })
    const unknown = await make(call, { body, headers: { authorization: 'Bearer nobody' } })
    expect(unknown.retCode).toBe(2000)
  })

  it.each([7, true, null, [], {}, ['a'], { token: 'a' }])(
    'A3: refuses the token %j, which has the wrong type',
    async (refused) => {
      expect(await make(call, { token: refused })).toMatchObject({
        retCode: -1005,
        errorMsg: '参数 token 类型不对，应为字符串',
      })
    },
  )

  it('A2: parses the body as JSON, with a byte order mark or any Content-Type', async () => {
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

  it('A2: ignores unknown fields, also deeply nested ones', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const json = JSON.stringify({ ...sampleParameters(call.contract), token: 'nobody' })
    const body = `${json.slice(0, -1)},"more":${deep},"__proto__":{"token":1},"constructor":null}`
    expect(await make(call, { body })).toMatchObject({ retCode: 2000 })
  })

  const maxMib = call.contract.takesUpload ? 14 : 1
  it(`A2: accepts ${maxMib} MiB and refuses one more byte with 413, with or without Content-Length`, async () => {
    const maxBytes = maxMib * 1024 * 1024
    const sized = (size: number) => `{"token":"nobody","more":"${'x'.repeat(size - 28)}"}`
    expect(Buffer.byteLength(sized(maxBytes))).toBe(maxBytes)
    expect(await make(call, { body: sized(maxBytes) })).toMatchObject({ retCode: 2000 })
    const tooLarge = { status: 413, retCode: -1005, errorMsg: `请求正文超过 ${maxMib} MiB` }
    expect(await make(call, { body: sized(maxBytes + 1) })).toMatchObject(tooLarge)
    const body = new Blob([sized(maxBytes + 1)]).stream()
    const request = new Request('http://wxbot.test/', { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect((await call.route.POST?.(request, { params: Promise.resolve(params) }))?.status).toBe(413)
  })

  it('A3: ignores a token in the query of a POST', async () => {
    const request = new Request(`http://wxbot.test/?token=${token}`, { method: 'POST', body: '{}' })
    const response = await call.route.POST?.(request, { params: Promise.resolve(params) })
    expect(await response?.json()).toMatchObject({ retCode: -1005, errorMsg: '参数 token 缺失' })
  })

  it.each(Object.keys(call.contract.parameters.shape))(
    'A5: names an invalid %s before it looks up the robot',
    async (name) => {
      const samples: Record<string, unknown> = { ...sampleParameters(call.contract), token }
      const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown
      for (const wrong of [null, true, {}, [], deep, '字'.repeat(3000), 1.5, -7, '\0']) {
        // Some parameters can be null.
        if (call.contract.parameters.shape[name]?.safeParse(wrong).success) continue
        const response = await make(call, { body: { ...samples, [name]: wrong } })
        expect(response).toMatchObject({ retCode: -1005, status: statusOf(call, 400) })
        expect(response.errorMsg).toMatch(new RegExp(`^参数 ${name}[ .]`))
      }
      const { [name]: _, ...without } = samples
      const { errorMsg } = await make(call, { body: without })
      const isOptional = call.contract.parameters.shape[name]?.safeParse(undefined).success
      expect(errorMsg === `参数 ${name} 缺失`).toBe(!isOptional)
    },
  )
})

describe.each(reads)('$name', (call) => {
  it('A3: reads the token from the query, not from a body', async () => {
    expect((await make(call, { token })).errorMsg).not.toContain('token')
  })

  it('A5: refuses a repeated parameter by name, and ignores unknown ones', async () => {
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
    expect((await make(call, { query: more })).errorMsg).toMatch(
      /^$|^(机器人|会话|规则|文章|快捷回复|告警渠道|回调地址|群)不存在$/,
    )
  })

  it('A5: refuses a query that is not UTF-8 by the name of the parameter, known or not', async () => {
    for (const [query, name] of [
      ['token=%CB%CE', 'token'],
      [`token=${token}&shop=%CB%CE`, 'shop'],
    ] as const)
      expect(await make(call, { query })).toMatchObject({ retCode: -1005, errorMsg: `参数 ${name} 不是 UTF-8 编码` })
  })
})

it('A2: a route without parameters needs no params, as Next passes none', async () => {
  for (const call of posts.filter(({ path }) => !path.includes('{'))) {
    const body = JSON.stringify({ token: 1 })
    const response = await call.route.POST?.(new Request('http://wxbot.test/', { method: 'POST', body }), {
      params: undefined,
    })
    expect(await response?.json()).toEqual({ retCode: -1005, errorMsg: '参数 token 类型不对，应为字符串' })
  }
})

it('A2: an unknown path is 404 in the envelope for every method and token', async () => {
  const catchAlls = (await listApiRoutes()).filter(({ isCatchAll, path }) => isCatchAll && !path.startsWith('/wxbot'))
  expect(catchAlls).toHaveLength(2)
  for (const { route } of catchAlls)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const query: [string, string][] = [['token', token]]
      expect(await callRoute(route, method, { query })).toMatchObject({ status: 404, retCode: -1006 })
    }
})

it('unknown tokens get 429 with Retry-After after 60 requests per minute and address; a valid token still works', async () => {
  const headers = (address: string) => ({ [peerHeader]: signPeerAddress(address) })
  for (let tried = 0; tried < 60; tried++)
    expect(
      await make(calls[tried % calls.length]!, { token: `wx_no${tried}`, headers: headers('2001:db8::1') }),
    ).toMatchObject({ retCode: 2000 })
  for (const [index, call] of calls.entries()) {
    const refused = await make(call, { token: 'wx_no', headers: headers('2001:db8::2') })
    expect(refused).toMatchObject({ status: 429, retCode: 1 })
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await make(call, { token, headers: headers('2001:db8::3') })).retCode).not.toBe(2000)
    expect(await make(call, { token: 'wx_no', headers: headers(`198.51.100.${index}`) })).toMatchObject({
      retCode: 2000,
    })
  }
})

it('A3: a token over its limit gets 429 with Retry-After on every call; 0 is no limit', async () => {
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

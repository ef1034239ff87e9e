import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { revokeToken } from '@/lib/application/revoke-token'
import { updateApplication } from '@/lib/application/update-application'
import { tokens } from '@/lib/db/schema/application'
import { givenRobot } from '@/lib/testing/factories'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as messageOfV1 from '../v1/robots/[robotId]/messages/[messageId]/route'
import * as messagesOfV1 from '../v1/robots/[robotId]/messages/route'
import * as restOfV1 from '../v1/[[...rest]]/route'
import * as login from './[robotId]/login/route'
import * as logout from './[robotId]/logout/route'
import * as message from './[robotId]/message/route'
import * as robot from './[robotId]/route'
import * as active from './[robotId]/rooms/active/route'
import * as rooms from './[robotId]/rooms/route'
import * as sync from './[robotId]/rooms/sync/route'
import * as rest from './[...rest]/route'
import * as robots from './route'

const text = { to_user: 'filehelper', msg_type: 'text', content: '你好' }
const calls: { name: string; route: Route; method: 'GET' | 'POST' | 'DELETE'; body?: object; isV1?: true }[] = [
  { name: 'POST /robots', route: robots, method: 'POST', body: { username: 'weimi1001' } },
  { name: 'GET /robots/:id', route: robot, method: 'GET' },
  { name: 'DELETE /robots/:id', route: robot, method: 'DELETE' },
  { name: 'POST /robots/:id/login', route: login, method: 'POST', body: {} },
  { name: 'POST /robots/:id/rooms/sync', route: sync, method: 'POST', body: {} },
  { name: 'GET /robots/:id/rooms', route: rooms, method: 'GET' },
  { name: 'GET /robots/:id/rooms/active', route: active, method: 'GET' },
  { name: 'POST /robots/:id/message', route: message, method: 'POST', body: text },
  { name: 'POST /robots/:id/logout', route: logout, method: 'POST', body: {} },
  { name: 'POST /v1/robots/:id/messages', route: messagesOfV1, method: 'POST', body: text, isV1: true },
  { name: 'GET /v1/robots/:id/messages/:id', route: messageOfV1, method: 'GET', isV1: true },
]
const withRobot = calls.filter(({ name }) => name !== 'POST /robots')

let database: TestDatabase
let web: TestWeb
let applicationId: string
let token: string
let foreignRobotId: string

function call(target: (typeof calls)[number], given: { token?: unknown; robotId?: string; headers?: object } = {}) {
  const withToken = given.token === undefined ? {} : { token: given.token }
  return callRoute(target.route, target.method, {
    params: { robotId: given.robotId ?? 'rbt_unknown', messageId: 'msg_unknown' },
    headers: { ...given.headers },
    ...(target.method === 'POST' ? { body: { ...target.body, ...withToken } } : { query: withToken as never }),
  })
}

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { sealer } = web.context
  const created = await database.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  applicationId = created.applicationId
  token = created.token
  foreignRobotId = await givenRobot(database.db)
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

describe.each(calls)('$name', (target) => {
  it('A3: refuses a missing, empty or misplaced token as a parameter', async () => {
    const status = target.isV1 ? 401 : 200
    expect(await call(target)).toMatchObject({ retCode: -1005, errorMsg: '参数 token 缺失', status })
    expect(await call(target, { token: '' })).toMatchObject({ retCode: -1005, status })
  })

  it('A3: refuses unknown, revoked and expired tokens and those of a disabled application alike', async () => {
    const { db } = database
    const revoked = await issueToken(db, { applicationId, name: 'revoked' })
    await revokeToken(db, { tokenId: revoked.tokenId })
    const expired = await issueToken(db, { applicationId, name: 'expired', expiresAt: new Date(0) })
    const { sealer } = web.context
    const disabled = await db.transaction((tx) => createApplication(tx, { sealer, name: 'b', callbackUrl: null }))
    await updateApplication(db, { applicationId: disabled.applicationId, isDisabled: true })
    const answers = []
    for (const refused of ['garbage', '\0', revoked.token, expired.token, disabled.token])
      answers.push(await call(target, { token: refused }))
    for (const answer of answers) {
      expect(answer).toMatchObject({ retCode: 2000, errorMsg: answers[0]?.errorMsg })
      expect(answer.data).toBeUndefined()
      expect(answer.status).toBe(target.isV1 ? 401 : 200)
    }
  })

  it('A3: a Bearer token wins over the one beside it', async () => {
    const unknown = await call(target, { token, headers: { authorization: 'Bearer nobody' } })
    expect(unknown.retCode).toBe(2000)
    const known = await call(target, { token: 'nobody', headers: { authorization: `bearer ${token}` } })
    expect(known.retCode).not.toBe(2000)
  })

  it('A2: refuses other methods with 405 and Allow', async () => {
    const wrong = target.method === 'GET' ? 'PUT' : 'PATCH'
    const answer = await callRoute(target.route, wrong, { params: {} })
    expect(answer).toMatchObject({ status: 405, retCode: -1006 })
    expect(answer.headers.get('allow')?.split(', ')).toContain(target.method)
  })
})

describe.each(withRobot)('$name', (target) => {
  it('A4: answers for another application’s robot as for one that does not exist, whatever its id', async () => {
    const answers = []
    for (const robotId of [foreignRobotId, 'rbt_0000000000000000000000', 'x', '\0', "' or 1=1 --", '群'.repeat(3000)])
      answers.push(await call(target, { token, robotId }))
    for (const { headers: _, ...answer } of answers)
      expect(answer).toEqual({
        retCode: -1005,
        errorMsg: '机器人不存在',
        data: undefined,
        status: target.isV1 ? 404 : 200,
      })
  })
})

describe.each(calls.filter((target) => target.method === 'POST'))('$name', (target) => {
  it.each(['', 'no json', '[]', '"text"', '{"token":', '\ufeff'])('refuses the body %j', async (body) => {
    const answer = await callRoute(target.route, 'POST', { body, params: { robotId: 'rbt_x' } })
    expect(answer).toMatchObject({ retCode: -1005, status: target.isV1 ? 400 : 200 })
    expect(answer.errorMsg).toContain('JSON')
  })

  it('A2: refuses a body over 1 MiB with 413', async () => {
    const answer = await callRoute(target.route, 'POST', { body: { token, padding: 'x'.repeat(1024 * 1024) } })
    expect(answer).toMatchObject({ status: 413, retCode: -1005 })
  })
})

it('A2: a path nobody knows is 404 in the envelope', async () => {
  for (const route of [rest, restOfV1])
    expect(await callRoute(route, 'GET', { params: {} })).toMatchObject({ status: 404, retCode: -1006 })
})

it('A3: past its rate limit a token gets 429 with Retry-After, and 0 is no limit', async () => {
  const limited = await issueToken(database.db, { applicationId, name: 'limited', rateLimitPerMinute: 2 })
  const target = calls[1]!
  expect((await call(target, { token: limited.token })).status).toBe(200)
  expect((await call(target, { token: limited.token })).status).toBe(200)
  const refused = await call(target, { token: limited.token })
  expect(refused).toMatchObject({ status: 429, retCode: 1 })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  await database.db.update(tokens).set({ rateLimitPerMinute: 0 }).where(eq(tokens.id, limited.tokenId))
  expect((await call(target, { token: limited.token })).status).toBe(200)
})

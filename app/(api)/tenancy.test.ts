import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { revokeToken } from '@/lib/application/revoke-token'
import { updateApplication } from '@/lib/application/update-application'
import { commands } from '@/lib/db/schema/command'
import { messages } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import { newId } from '@/lib/id'
import { type ApiCallUnderTest, listApiCalls, listApiRoutes } from '@/lib/testing/list-api-routes'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { sampleParameters } from '@/lib/http/openapi/sample-parameters'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

/** Everything of one application that an id could name. */
type World = { token: string; robotId: string; messageId: string; roomId: string; username: string }

const calls = await listApiCalls()
const nobody = {
  robot_id: 'rbt_0000000000000000000000',
  message_id: 'msg_0000000000000000000000',
  to_user: 'room_0000000000000000000000',
}
const oddIds = ['x', '\0', "' or 1=1 --", '群'.repeat(3000), '../../x', '__proto__', 'rbt_', '%00', '\ud800']

let database: TestDatabase
let web: TestWeb
let own: World
let foreign: World
let refusedTokens: Record<string, string>

async function givenWorld(name: string): Promise<World & { applicationId: string }> {
  const { db } = database
  const { sealer } = web.context
  const { applicationId, token } = await db.transaction((tx) =>
    createApplication(tx, { sealer, name, callbackUrl: null }),
  )
  const robotId = await givenRobot(db, { applicationId, username: 'same_name' })
  await givenSession(db, { robotId })
  const username = `@@${name}`
  const roomId = await givenRoom(db, { robotId, name: '售后群', username })
  const messageId = newId('message')
  const sent = { direction: 'out', type: 'text', state: 'sent', content: '你好' } as const
  await db.insert(messages).values({ id: messageId, robotId, ...sent })
  return { applicationId, token, robotId, messageId, roomId, username }
}

beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { db } = database
  own = await givenWorld('own')
  const other = await givenWorld('foreign')
  foreign = other
  const { applicationId } = other
  const revoked = await issueToken(db, { applicationId, name: 'revoked' })
  await revokeToken(db, { tokenId: revoked.tokenId })
  const expired = await issueToken(db, { applicationId, name: 'expired', expiresAt: new Date(0) })
  const disabled = await givenWorld('disabled')
  await updateApplication(db, { applicationId: disabled.applicationId, isDisabled: true })
  refusedTokens = {
    garbage: 'garbage',
    'with a NUL': '\0',
    'much too long': 'x'.repeat(100_000),
    revoked: revoked.token,
    expired: expired.token,
    'of a disabled application': disabled.token,
  }
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

type Ids = Partial<typeof nobody>

/** Calls it and shows all that a client sees, but for what differs from call to call. */
async function see(call: ApiCallUnderTest, token: string | undefined, ids: Ids): Promise<string> {
  const { method } = call.contract
  const url = new URL('http://wxbot.test/path')
  if (method !== 'POST' && token !== undefined) url.searchParams.set('token', token)
  const given = { ...sampleParameters(call.contract), ...(ids.to_user === undefined ? {} : { to_user: ids.to_user }) }
  const body = method === 'POST' ? JSON.stringify({ token, ...given }) : null
  const params = { robotId: ids.robot_id ?? '', messageId: ids.message_id ?? '' }
  const handler = call.route[method]
  if (!handler) throw new Error(`no ${call.name}`)
  const response = await handler(new Request(url, { method, body }), { params: Promise.resolve(params) })
  expect(response.status).toBeLessThan(500)
  const headers = [...response.headers].filter(([name]) => name !== 'x-request-id')
  return JSON.stringify([response.status, headers, await response.text()])
}

const rows = async () => {
  const { db } = database
  const tables = [robots, sessions, rooms, messages, commands]
  return JSON.stringify(await Promise.all(tables.map((table) => db.select().from(table).orderBy(table.id))))
}

/** Which ids a call takes: those of its path, and of its body the one that is an id. */
const idNames = ({ contract }: ApiCallUnderTest) =>
  (Object.keys(nobody) as (keyof typeof nobody)[]).filter(
    (name) => contract.path.includes(`{${name}}`) || name in contract.parameters.shape,
  )
const idsOf = ({ robotId, messageId, roomId }: World) => ({ robot_id: robotId, message_id: messageId, to_user: roomId })

describe.each(calls)('$name', (call) => {
  it('A3, G7: a token that is missing or refused learns nothing, whatever the ids', async () => {
    const before = await rows()
    const missing = new Set<string>()
    const refused = new Set<string>()
    for (const ids of [idsOf(own), idsOf(foreign), nobody]) {
      missing.add(await see(call, undefined, ids)).add(await see(call, '', ids))
      for (const token of Object.values(refusedTokens)) refused.add(await see(call, token, ids))
    }
    expect([...missing]).toEqual([expect.stringMatching(/参数 token 缺失/)])
    expect([...refused]).toEqual([expect.stringMatching(/retCode\\":2000/)])
    expect(await rows()).toBe(before)
  })

  it.each(idNames(call))('A4, G7: a %s of another application is answered as one that does not exist', async (name) => {
    const before = await rows()
    const unknown = await see(call, own.token, { ...idsOf(own), [name]: nobody[name] })
    const foreignIds = [idsOf(foreign)[name], ...(name === 'to_user' ? [foreign.username] : [])]
    for (const id of foreignIds) expect(await see(call, own.token, { ...idsOf(own), [name]: id })).toBe(unknown)
    expect(unknown).toMatch(/retCode\\":-100[15]/)
    expect(await rows()).toBe(before)
  })

  it.each(idNames(call))('A4: an odd %s is answered as one that does not exist', async (name) => {
    const unknown = await see(call, own.token, { ...idsOf(own), [name]: nobody[name] })
    for (const id of oddIds) {
      const answer = await see(call, own.token, { ...idsOf(own), [name]: id })
      // In a body what cannot be a text is refused by its shape.
      const isRefusedByShape = name === 'to_user' && /参数 to_user /.test(answer)
      expect(isRefusedByShape ? unknown : answer).toBe(unknown)
    }
  })
})

/** Private network in place of a token. */
const qunPaths = ['/wxbot/[...rest]', '/wxbot/qun', '/wxbot/qun/membership']

it('G7: covers every route that takes a token', async () => {
  const routes = await listApiRoutes()
  const covered = new Set(calls.map(({ path }) => path))
  const others = routes.filter(({ path }) => !covered.has(path)).map(({ path }) => path)
  expect(others.sort()).toEqual(['/robots/[...rest]', '/v1/[[...rest]]', '/v1/media/{id}', ...qunPaths])
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { issueToken } from '@/lib/application/issue-token'
import { callRoute } from '@/lib/testing/call-route'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as route from '@/app/(api)/v1/robots/route'

let database: TestDatabase
let web: TestWeb
let token: string
let applicationId: string
const ids: string[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const create = (name: string) =>
    database.db.transaction((tx) => createApplication(tx, { sealer: web.context.sealer, name, callbackUrl: null }))
  const [own, other] = [await create('own'), await create('other')]
  token = own.token
  applicationId = own.applicationId
  for (const username of ['wx_1', 'wx_2', 'wx_3'])
    ids.push(await givenRobot(database.db, { applicationId, username, nickname: `店${username}` }))
  await givenRobot(database.db, { applicationId: other.applicationId, username: 'wx_4' })
  await givenSession(database.db, { robotId: ids[1]! })
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

type Data = { robots: { id: string; username: string; capabilities: object }[]; next_cursor: string | null }
async function list(query: object = {}) {
  const { data, retCode } = await callRoute(route, 'GET', { query: { token, ...query } })
  return { retCode, ...(data as Data) }
}
const usernames = async (query: object) => (await list(query)).robots.map(({ username }) => username)

it('lists each robot of the application once, page by page, and none of another application', async () => {
  const first = await list({ limit: 2 })
  expect(first.robots).toHaveLength(2)
  const second = await list({ limit: 2, cursor: first.next_cursor })
  expect(second.next_cursor).toBeNull()
  expect([...first.robots, ...second.robots].map(({ id }) => id)).toEqual(ids.toSorted())
  expect(first.robots[0]?.capabilities).toBeDefined()
})

it('a full last page has no next page', async () => {
  expect((await list({ limit: 3 })).next_cursor).toBeNull()
})

it('filters by status, connection and text', async () => {
  expect(await usernames({ status: 'online' })).toEqual(['wx_2'])
  expect(await usernames({ connection: 'ilink' })).toEqual([])
  expect(await usernames({ connection: 'web', q: '店WX_3' })).toEqual(['wx_3'])
  expect(await usernames({ q: ids[0] })).toEqual(['wx_1'])
})

it('lists only the robots of a token that is limited to some', async () => {
  const [robotId] = ids
  const limits = { name: 'one', robotIds: [robotId!] }
  const issued = await issueToken(database.db, { applicationId, ...limits })
  const { robots, next_cursor } = await list({ token: issued.token })
  expect(robots.map(({ id }) => id)).toEqual([robotId])
  expect(next_cursor).toBeNull()
})

it('refuses a cursor that is not from a page', async () => {
  const bad = await callRoute(route, 'GET', { query: { token, cursor: 'x' } })
  expect(bad.retCode).not.toBe(0)
  expect(bad.data).toBeUndefined()
})

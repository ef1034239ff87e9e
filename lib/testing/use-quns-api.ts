import { afterAll, beforeAll, beforeEach } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { setCompanions } from '@/lib/membership/set-companions'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { givenRobot } from '@/lib/testing/factories'
import { type FakeWorker, openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

type Item = Record<string, unknown> & { id: string; nickname: string }
type Data = {
  qun: Item
  quns: Item[]
  members: Item[]
  member: Item | null
  join_token: Item
  rows: Item[]
  problems: Item[]
  next_cursor: string | null
  created: boolean
  code: string
}
type Options = { ids?: Record<string, string>; as?: string }

/** Provides the tests of one file with two applications; in each test the first one has a new assistant with a starter contact. */
export function useQunsApi() {
  let database: TestDatabase
  let web: TestWeb
  const state = { token: '', otherToken: '', applicationId: '', robotId: '', assistant: '' }
  let tests = 0
  beforeAll(async () => {
    database = await createTestDatabase()
    web = await openTestWeb(database)
    const { sealer } = web.context
    const create = (name: string) =>
      database.db.transaction((tx) => createApplication(tx, { sealer, name, callbackUrl: null }))
    const [own, other] = [await create('own'), await create('other')]
    Object.assign(state, { token: own.token, applicationId: own.applicationId, otherToken: other.token })
  })
  beforeEach(async () => {
    const { applicationId } = state
    const assistant = `weimi${++tests}`
    const robot = { applicationId, username: assistant, nickname: '小微', isAssistant: true }
    const robotId = await givenRobot(database.db, robot)
    await database.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静'] }))
    Object.assign(state, { robotId, assistant })
  })
  afterAll(async () => {
    await web.close()
    await database.drop()
  })

  return {
    state,
    get db() {
      return database.db
    },
    get sql() {
      return database.sql
    },
    startFakeWorker: (worker: FakeWorker) => web.startFakeWorker(worker),
    async post(route: Route, body: object, { ids = {}, as = state.token }: Options = {}) {
      const { data, ...response } = await callRoute(route, 'POST', { params: ids, body: { token: as, ...body } })
      return { ...response, data: data as Data }
    },
    async get(route: Route, query: object, { ids = {}, as = state.token }: Options = {}) {
      const { data, ...response } = await callRoute(route, 'GET', { params: ids, query: { token: as, ...query } })
      return { ...response, data: data as Data }
    },
    /** Returns a group code that is unique to the test and the text. */
    codeOf: (text: string) => Buffer.from(`${text}|${tests}`).toString('base64'),
    audited: (targetId: string) =>
      database.sql`select actor, action, detail from audit_entries where target_id = ${targetId} order by id`,
    countQuns: async () => (await database.sql`select 1 from quns where robot_id = ${state.robotId}`).length,
  }
}

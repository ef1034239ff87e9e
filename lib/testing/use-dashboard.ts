import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll } from 'vitest'
import { createOperator } from '../operator/create-operator'
import { openTestWeb, type StandInOwner, type TestWeb } from './open-test-web'
import { createTestDatabase, type TestDatabase } from './test-database'

// Each handler names the ids of its own path; here all get all.
type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>
type Call = { cookie?: string | undefined; site?: string; body?: unknown; ids?: Record<string, string>; query?: string }

/** A real database, a web process's context, an admin and a viewer, for the tests of one file of the dashboard's JSON. */
export function useDashboard() {
  let database: TestDatabase
  let web: TestWeb
  let adminId: string
  let cookieOf: { admin: string; viewer: string }

  beforeAll(async () => {
    database = await createTestDatabase()
    web = await openTestWeb(database)
    const password = 'correct horse battery'
    adminId = (await createOperator(database.db, { email: 'admin@wxbot.test', password, role: 'admin' })).operatorId
    const viewer = await createOperator(database.db, { email: 'viewer@wxbot.test', password, role: 'viewer' })
    cookieOf = { admin: await test.cookie(adminId), viewer: await test.cookie(viewer.operatorId) }
  })
  afterAll(async () => {
    await web?.close()
    await database?.drop()
  })

  const test = {
    get db() {
      return database.db
    },
    get sql() {
      return database.sql
    },
    get adminId() {
      return adminId
    },
    get cookieOf() {
      return cookieOf
    },
    /** Does what a worker would, until it is closed. */
    standIn: (owner: StandInOwner) => web.standIn(owner),
    /** What a browser sends that this operator has signed in with. */
    async cookie(operatorId: string): Promise<string> {
      const { AUTH_SECRET } = web.context.env
      return `next-auth.session-token=${await encode({ token: { operatorId }, secret: AUTH_SECRET })}`
    },
    /** Calls a route handler as Next would. */
    async call(handler: unknown, method: string, { cookie, site = 'same-origin', body, ids, query = '' }: Call) {
      const headers = new Headers({ 'sec-fetch-site': site })
      if (cookie) headers.set('cookie', cookie)
      const init = method === 'GET' ? { method, headers } : { method, headers, body: JSON.stringify(body ?? {}) }
      const request = new Request(`http://wxbot.test/api/dashboard/path${query}`, init)
      const response = await (handler as Handler)(request, { params: Promise.resolve(ids as never) })
      return { status: response.status, answer: await response.json() }
    },
    asAdmin: (handler: unknown, method: string, more: Call = {}) =>
      test.call(handler, method, { cookie: cookieOf.admin, ...more }),
  }
  return test
}

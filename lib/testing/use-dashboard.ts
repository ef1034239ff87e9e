import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect } from 'vitest'
import { openSession } from '@/lib/operator/operator-session'
import { givenOperator } from '@/lib/testing/factories'
import { openTestWeb, type FakeWorker, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

// Each handler types the ids of its own path; here every handler gets all ids.
type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>
type Call = {
  cookie?: string | undefined
  site?: string
  /** The `Idempotency-Key`. */
  key?: string
  body?: unknown
  ids?: Record<string, string>
  query?: string
}

/** Provides a database, a web process's context, an admin and a viewer to a test file of the dashboard's API. */
export function useDashboard() {
  let database: TestDatabase
  let web: TestWeb
  let adminId: string
  let cookieOf: { admin: string; viewer: string }

  beforeAll(async () => {
    database = await createTestDatabase()
    web = await openTestWeb(database)
    adminId = await givenOperator(database.db, { email: 'admin@wxbot.test' })
    const viewerId = await givenOperator(database.db, { email: 'viewer@wxbot.test', role: 'viewer' })
    cookieOf = { admin: await test.cookie(adminId), viewer: await test.cookie(viewerId) }
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
    get databaseUrl() {
      return database.url
    },
    get adminId() {
      return adminId
    },
    get cookieOf() {
      return cookieOf
    },
    /** Starts a fake worker that runs until it is closed. */
    startFakeWorker: (worker: FakeWorker) => web.startFakeWorker(worker),
    /** Signs an operator in and returns the cookie that a browser would send. */
    async cookie(operatorId: string): Promise<string> {
      const { AUTH_SECRET } = web.context.env
      const { secret } = await openSession(database.db, { operatorId, userAgent: 'test', peerAddress: '10.0.0.1' })
      return `next-auth.session-token=${await encode({ token: { sessionSecret: secret }, secret: AUTH_SECRET })}`
    },
    /** Calls a route handler as Next would. */
    async call(handler: unknown, method: string, { cookie, site = 'same-origin', key, body, ids, query = '' }: Call) {
      const headers = new Headers({ 'sec-fetch-site': site })
      if (cookie) headers.set('cookie', cookie)
      if (key !== undefined) headers.set('idempotency-key', key)
      const init = method === 'GET' ? { method, headers } : { method, headers, body: JSON.stringify(body ?? {}) }
      const request = new Request(`http://wxbot.test/api/dashboard/path${query}`, init)
      const response = await (handler as Handler)(request, { params: Promise.resolve(ids as never) })
      const responseBody = await response.json()
      expectEnglish(responseBody?.error)
      return { status: response.status, body: responseBody }
    },
    asAdmin: (handler: unknown, method: string, more: Call = {}) =>
      test.call(handler, method, { cookie: cookieOf.admin, ...more }),
  }
  return test
}

/** Codes whose English sentence is as exact as the Chinese one of the server. */
const exactCodes = ['SIGNED_OUT', 'FORBIDDEN', 'CROSS_SITE', 'ROUTE_NOT_FOUND', 'INTERNAL']

/** Expects every error that a test receives to be as exact in English as in Chinese: by its reason or by a schema issue. */
function expectEnglish(error: { code: string; reason?: string; issue?: object; parameter?: string } | undefined): void {
  if (!error || exactCodes.includes(error.code) || error.parameter === 'Idempotency-Key') return
  expect(error).toSatisfy(() => error.reason !== undefined || error.issue !== undefined)
}

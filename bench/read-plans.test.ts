import { afterAll, beforeAll, expect, it } from 'vitest'
import { captureStatements, listFullScans } from '@/bench/dashboard/capture-statements'
import { listPageCalls, type PageCall } from '@/bench/dashboard/call-pages'
import { fillDatabase } from '@/bench/dashboard/fill-database'
import { listLostRobots } from '@/lib/attention/list-alert-causes'
import { readGauges } from '@/lib/metrics/read-gauges'
import { listRecentContacts } from '@/lib/message/list-recent-contacts'
import { readReplyWindows } from '@/lib/message/reply-window'
import { measureDueLanes } from '@/lib/callback/delivery/due-lanes'
import { issueToken } from '@/lib/application/issue-token'
import { callRoute } from '@/lib/testing/call-route'
import { listApiCalls } from '@/lib/testing/list-api-routes'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { cleanUp } from '@/worker/retention/clean-up'

/** Tables that grow with the traffic; the others grow with what operators create. */
const scope = { tables: ['messages', 'callback_events', 'callback_attempts'], partialIndexes: new Set<string>() }
const rows = 30_000

let database: TestDatabase
let web: TestWeb
let pages: PageCall[]
let captured: ReturnType<typeof captureStatements>
beforeAll(async () => {
  database = await createTestDatabase()
  await fillDatabase(database.sql, { robots: 300, messages: rows, events: rows, applications: 20 })
  web = await openTestWeb(database)
  pages = await listPageCalls(web.context)
  captured = captureStatements(web.context.sql)
  for (const { name } of await database.sql<{ name: string }[]>`
    select indexrelid::regclass::text as name from pg_index where indpred is not null`)
    scope.partialIndexes.add(name)
}, 120_000)
afterAll(async () => {
  await web?.close()
  await database?.drop()
})

/** Returns the scans of whole tables by the statements of a call. */
async function findFullScans(call: () => Promise<unknown>, tables = scope.tables): Promise<string[]> {
  const { taken, explain } = captured
  taken()
  await call()
  const scans = await Promise.all(
    taken()
      .filter(({ query }) => /^\s*(?:select|with|delete|update|\()/i.test(query))
      .map(async (statement) =>
        listFullScans(await explain(statement), { ...scope, tables }).map((scan) => `${scan}\n${statement.query}`),
      ),
  )
  return scans.flat()
}

it('no read of the dashboard scans a large table', async () => {
  for (const { name, run } of pages) expect.soft(await findFullScans(run), name).toEqual([])
})

it('no read of the API scans a large table', async () => {
  const { token } = await issueToken(database.db, { applicationId: 'app_2', name: 'reads' })
  const params = { robotId: 'rbt_1', messageId: 'msg_301' }
  const reads = (await listApiCalls()).filter(({ contract }) => contract.method === 'GET')
  for (const { name, route } of reads)
    expect.soft(await findFullScans(() => callRoute(route, 'GET', { query: { token }, params })), name).toEqual([])
})

it('a run of the clean-up does not scan a large table', async () => {
  const { db, log } = web.context
  const days = { responses: 7, events: 29, media: 30, messages: 179, sessionChanges: 90 }
  const { signal } = new AbortController()
  expect(await findFullScans(() => cleanUp({ db, log, days, signal }))).toEqual([])
})

it('no reading of the gauges for monitoring scans a large table', async () => {
  const { db } = web.context
  const readAll = () => Promise.all([readGauges(db, { breakerFailures: 5 }), measureDueLanes(db)])
  expect(await findFullScans(readAll)).toEqual([])
})

it('the search for lost robots does not scan all sessions', async () => {
  const { db, sql } = web.context
  await sql`insert into sessions (id, robot_id, state, qr_key, attempt_expires_at, online_at, ended_at, end_reason, created_at)
    select 'old_' || n, 'rbt_' || 1 + n % 300, 'ended', 'old' || n, ended_at, ended_at, ended_at, 'kicked', ended_at
      from (select n, now() - n * interval '1 hour' as ended_at from generate_series(1, ${rows}::int) n) as ended`
  await sql`analyze sessions`
  captured.taken()
  await listLostRobots(db, { limit: 100 })
  const [statement] = captured.taken()
  const scans = listFullScans(await captured.explain(statement!), { ...scope, tables: ['sessions'] })
  expect(scans).toEqual([])
})

it('no page and no search of the customers of a robot scans all messages or conversations', async () => {
  const { db, sql } = web.context
  await sql`insert into conversations (id, robot_id, peer_username, name, last_message_id, last_sequence, last_message_at)
    select 'cnv_kf_' || n, 'rbt_' || 1 + n % 10, 'wm' || n, '客户' || n, 'msg_' || n, n, now()
      from generate_series(1, ${rows}::int) n`
  await sql`analyze conversations, conversation_names`
  const query = { robotId: 'rbt_1', connection: 'wecom_kf', limit: 50 } as const
  const tables = [...scope.tables, 'conversations', 'conversation_names']
  for (const more of [
    {},
    { cursor: '20000' },
    { search: '客户12' },
    { search: '9' },
    { search: 'wm10', cursor: '20000' },
  ])
    expect
      .soft(await findFullScans(() => listRecentContacts(db, { ...query, ...more }), tables), JSON.stringify(more))
      .toEqual([])
  const peerUsernames = ['wm10', 'wm20']
  const windows = () => readReplyWindows(db, { ...query, peerUsernames })
  expect(await findFullScans(windows, tables)).toEqual([])
})

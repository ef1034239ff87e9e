// Measures the cost of a backlog behind a dead endpoint: `npx tsx bench/callback-backlog.ts [rows]`.
// Compares claims on the dead and on a healthy lane, and a healthy endpoint's latency, without and with the backlog.
import { claimEvents } from '@/lib/callback/delivery/claim-events'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { listDueLanes } from '@/lib/callback/delivery/due-lanes'
import { openDatabase } from '@/bench/callbacks/open-database'
import { openEndpoints } from '@/bench/callbacks/open-endpoints'
import { openTenants, type Room } from '@/bench/callbacks/open-tenants'
import { percentile } from '@/bench/callbacks/percentile'
import { startWorkerProcess } from '@/bench/callbacks/worker-process'

const rowCount = Number(process.argv[2] ?? 500_000)
const times = 200

const database = await openDatabase()
const endpoints = await openEndpoints((path) => (path === '/dead' ? 'refused' : 'taken'))
const tenants = await openTenants({ databaseUrl: database.url, redisUrl: null })
const { db, sql } = tenants

async function time(name: string, act: () => Promise<unknown>): Promise<void> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const beganMs = performance.now()
    await act()
    took.push(performance.now() - beganMs)
  }
  console.log(`  ${name}: p50 ${percentile(took, 0.5).toFixed(2)} ms, p99 ${percentile(took, 0.99).toFixed(2)} ms`)
}

async function latency(room: Room): Promise<void> {
  const settings = { databaseUrl: database.url, redisUrl: null, key: tenants.key, timeoutMs: 10_000 }
  const worker = await startWorkerProcess({ ...settings, scheduleSeconds: [0, 5, 300] })
  const stored: { messageId: string; storedMs: number }[] = []
  for (let n = 0; n < times; n++) {
    stored.push(await tenants.say(room))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await new Promise((resolve) => setTimeout(resolve, 1000))
  await worker.kill()
  const ids = await tenants.eventIds()
  const took = stored.map(
    ({ messageId, storedMs }) => (endpoints.arrivals.get(ids.get(messageId) ?? '') ?? 0) - storedMs,
  )
  console.log(
    `  healthy endpoint: p50 ${percentile(took, 0.5).toFixed(1)} ms, p99 ${percentile(took, 0.99).toFixed(1)} ms`,
  )
}

try {
  const dead = await tenants.addApplication(`${endpoints.origin}/dead`, 50)
  const healthy = await tenants.addApplication(`${endpoints.origin}/healthy`, 1)
  const room = healthy.rooms[0]!
  const lane = applicationLane(dead.applicationId)
  const measure = async () => {
    // Each claim expires at once, so that the next claim finds the same events.
    await time('claim on the dead lane', () => claimEvents(db, { lane, limit: 4, claimSeconds: 0 }))
    const other = applicationLane(healthy.applicationId)
    await time('claim on the healthy lane', () => claimEvents(db, { lane: other, limit: 4, claimSeconds: 0 }))
    await time('sweep of all lanes', () => listDueLanes(db, { afterLane: '', limit: 500 }))
    await latency(room)
  }
  console.log('empty table')
  await measure()
  const roomIds = dead.rooms.map(({ roomId }) => roomId)
  await sql`insert into callback_events (id, application_id, lane, type, room_id, data, attempt_count, next_attempt_at)
    select 'evt_backlog' || n, ${dead.applicationId}, ${lane}, 'send_message',
      (${roomIds}::text[])[1 + n % 50], '{"room_id":""}', (n % 10 = 0)::int * 2,
      clock_timestamp() - (n % 3600) * interval '1 second'
    from generate_series(1, ${rowCount}) as n`
  await sql`vacuum analyze callback_events`
  console.log(`${rowCount} rows wait behind a dead endpoint`)
  await measure()
} finally {
  endpoints.close()
  await tenants.close()
  await database.close()
}

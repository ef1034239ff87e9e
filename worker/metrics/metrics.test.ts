import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveCallback } from '@/lib/gateway/receive-callback'
import { createLogger } from '@/lib/logger'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { startHealthServer } from '@/worker/health-server'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'
import { claimQueue, workerQueue } from '@/lib/queue/catalog'
import { createMetrics } from '@/worker/metrics/metrics'

let database: TestDatabase
let queue: QueueBackend
let server: { stop(): Promise<void> }
const port = 39_000 + (process.pid % 1000)
const log = createLogger({ level: 'silent', process: 'worker' })
beforeAll(async () => {
  database = await createTestDatabase()
  queue = await openQueueBackend({ databaseUrl: database.url, log })
  const robots = { robotCount: 3, readSyncAges: () => new Map([['web', 12.5] as const]) }
  const metrics = createMetrics({ db: database.db, queue, workerId: 'wrk_1', robots })
  const lastHeartbeatMs = () => performance.now()
  server = await startHealthServer({ port, host: '127.0.0.1', lastHeartbeatMs, metrics, log })
})
afterAll(async () => {
  await server.stop()
  await queue.close()
  await database.drop()
})

const scrape = async () => {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

describe('/metrics of a worker', () => {
  it('reports robots by connection and state, what waits, and this process', async () => {
    const online = await givenRobot(database.db, { username: 'online' })
    await givenSession(database.db, { robotId: online, state: 'online', onlineAt: new Date(Date.now() - 7_200_000) })
    for (const name of [claimQueue, workerQueue('wrk_1'), workerQueue('wrk_2')])
      await queue.add(name, 'wakeRobot', { robotId: online })
    await givenRobot(database.db, { username: 'offline', connection: 'ilink' })
    await receiveCallback(database.db, { callbackKey: 'x'.repeat(22), body: '{}' })
    const { status, type, text } = await scrape()
    expect([status, type]).toEqual([200, expect.stringContaining('text/plain')])
    for (const line of [
      'wxbot_robots{connection="web",state="online"} 1',
      'wxbot_robots{connection="ilink",state="offline"} 1',
      'wxbot_worker_robots 3',
      'wxbot_worker_last_sync_seconds{connection="web"} 12.5',
      'wxbot_messages_waiting 0',
      'wxbot_lanes_due 0',
      'wxbot_queue_jobs{queue="claim",state="waiting"} 1',
      'wxbot_queue_jobs{queue="delivery",state="active"} 0',
      'wxbot_worker_queue_jobs{state="waiting"} 1',
      'wxbot_worker_queue_pool_waiting 0',
      'wxbot_callbacks_oldest_seconds 0',
      'wxbot_gateway_callbacks_refused{reason="unknown_path"} 1',
    ])
      expect(text.split('\n')).toContain(line)
    expect(text).toMatch(/^wxbot_worker_nodejs_eventloop_lag_p99_seconds \d/m)
    expect(text).toMatch(/^wxbot_database_bytes \d{6,}/m)
    expect(text).toMatch(/^wxbot_session_oldest_seconds\{connection="web"\} 72\d\d/m)
    expect(text).toMatch(/^wxbot_database_connections\{application="wxbot\S*",state="active"\} [1-9]/m)
    expect(text).toMatch(/^wxbot_database_connections_limit [1-9]/m)
    expect(text).not.toMatch(/wrk_/)
  })

  it('has a type and a help text for every metric', async () => {
    const { text } = await scrape()
    const names = new Set([...text.matchAll(/^(wxbot_\w+?)(?:_bucket|_sum|_count)?[{ ]/gm)].map(([, name]) => name))
    for (const name of names) expect(text).toContain(`# HELP ${name} `)
  })
})

describe('the monitoring files in deploy/', () => {
  it.each(['alerts.yaml', 'grafana.json'])('%s uses only metrics that exist', async (name) => {
    const { text } = await scrape()
    const known = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, metric]) => metric))
    const used = readFileSync(`deploy/monitoring/${name}`, 'utf8').match(/\bwxbot_\w+/g) ?? []
    const unknown = used.filter((metric) => !known.has(metric.replace(/_(?:bucket|count|sum)$/, '')))
    expect(used.length).toBeGreaterThan(5)
    expect(unknown).toEqual([])
  })
})

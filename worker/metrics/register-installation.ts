import { Gauge, type Registry } from 'prom-client'
import { measureDueLanes } from '@/lib/callback/delivery/due-lanes'
import { breakerFailures } from '@/lib/callback/endpoint/gate'
import type { Db } from '@/lib/db/client'
import { type InstallationGauges, readGauges } from '@/lib/metrics/read-gauges'

/** Scrapes within this time share one reading of the database. */
const gaugesMaxAgeMs = 5_000

type Gauges = InstallationGauges & {
  /** Lanes of callbacks with a due event and an open endpoint; the age is since the event became due. */
  dueLanes: { count: number; oldestSeconds: number }
}
type ReadGauges = () => Promise<Gauges>
type Sample = { labels: Record<string, string>; value: number }

/** Adds the gauges of the installation, which every worker reports alike. */
export function registerInstallation(registry: Registry, db: Db): void {
  const readAll = shareReading(() => readAllGauges(db))
  const add = (name: string, help: string, value: (gauges: Gauges) => number) => {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: async () => gauge.set(value(await readAll())),
    })
  }
  const addEach = (name: string, help: string, labelNames: string[], samplesOf: (gauges: Gauges) => Sample[]) => {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const samples = samplesOf(await readAll())
        gauge.reset()
        for (const { labels, value } of samples) gauge.set(labels, value)
      },
    })
  }
  addEach('wxbot_robots', 'Robots by connection and state.', ['connection', 'state'], ({ robots }) =>
    robots.map(({ count, ...labels }) => ({ labels, value: count })),
  )
  addEach(
    'wxbot_session_oldest_seconds',
    'Age of the oldest session that is online, by connection.',
    ['connection'],
    ({ sessions }) =>
      sessions.map(({ connection, oldestSeconds }) => ({ labels: { connection }, value: oldestSeconds })),
  )
  addEach(
    'wxbot_gateway_callbacks_refused',
    'Callbacks of gateways that changed nothing, by reason, since the installation began.',
    ['reason'],
    ({ gatewayRefusals }) => gatewayRefusals.map(({ reason, count }) => ({ labels: { reason }, value: count })),
  )
  addEach(
    'wxbot_database_connections',
    'Connections to the database by program and state.',
    ['application', 'state'],
    ({ databaseConnections }) => databaseConnections.map(({ count, ...labels }) => ({ labels, value: count })),
  )
  add(
    'wxbot_database_connections_limit',
    'Connections that the server of the database accepts.',
    ({ maxDatabaseConnections }) => maxDatabaseConnections,
  )
  add('wxbot_messages_waiting', 'Messages that wait to be sent.', ({ messages }) => messages.count)
  add('wxbot_messages_oldest_seconds', 'Age of the oldest waiting message.', ({ messages }) => messages.oldestSeconds)
  add('wxbot_commands_waiting', 'Commands that wait for a robot.', ({ commands }) => commands.count)
  add('wxbot_commands_oldest_seconds', 'Age of the oldest waiting command.', ({ commands }) => commands.oldestSeconds)
  add('wxbot_callbacks_waiting', 'Callbacks that wait for an endpoint.', ({ callbacks }) => callbacks.count)
  add(
    'wxbot_callbacks_oldest_seconds',
    'Age of the oldest waiting callback.',
    ({ callbacks }) => callbacks.oldestSeconds,
  )
  add('wxbot_lanes_due', 'Lanes of callbacks with a due event and an open endpoint.', ({ dueLanes }) => dueLanes.count)
  add(
    'wxbot_lanes_oldest_due_seconds',
    'Time for which the oldest of these events has been due.',
    ({ dueLanes }) => dueLanes.oldestSeconds,
  )
  add('wxbot_endpoints_paused', 'Callback endpoints that are paused.', ({ endpoints }) => endpoints.paused)
  add('wxbot_endpoints_failing', 'Callback endpoints that keep failing.', ({ endpoints }) => endpoints.failing)
  add('wxbot_workers', 'Workers with a recent heartbeat.', ({ workerCount }) => workerCount)
  add('wxbot_database_bytes', 'Size of the database.', ({ databaseBytes }) => databaseBytes)
}

async function readAllGauges(db: Db): Promise<Gauges> {
  const [gauges, dueLanes] = await Promise.all([readGauges(db, { breakerFailures }), measureDueLanes(db)])
  return { ...gauges, dueLanes }
}

/** Shares one reading among the gauges of a scrape and among scrapes that follow each other closely. */
function shareReading(read: ReadGauges): ReadGauges {
  let reading: Promise<Gauges> | undefined
  let readAtMs = 0
  return () => {
    if (!reading || performance.now() - readAtMs > gaugesMaxAgeMs) {
      readAtMs = performance.now()
      reading = read()
      reading.catch(() => (reading = undefined))
    }
    return reading
  }
}

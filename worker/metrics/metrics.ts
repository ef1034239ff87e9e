import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { breakerFailures } from '@/lib/callback/endpoint/gate'
import type { Db } from '@/lib/db/client'
import { type InstallationGauges, readGauges } from '@/lib/metrics/read-gauges'

/** Scrapes within this time share one reading of the database. */
const gaugesMaxAgeMs = 5_000

const counters = new Registry()
const registers = [counters]

/** Messages that this process sent to WeChat and that have their final outcome: sent, refused or unknown. */
export const sendsTotal = new Counter({
  name: 'wxbot_sends_total',
  help: 'Messages that this worker sent to WeChat, by their final outcome.',
  labelNames: ['connection', 'outcome'],
  registers,
})

/** Time and result of each callback attempt of this process. */
export const callbackAttemptSeconds = new Histogram({
  name: 'wxbot_callback_attempt_seconds',
  help: 'Duration of callback attempts of this worker.',
  labelNames: ['result'],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
})

type ReadGauges = () => Promise<InstallationGauges>

/**
 * Creates the text of `/metrics` in Prometheus's format: this process (CPU, memory, event loop, counters since its start) and the
 * installation (robots, queues, endpoints), which every worker reports alike.
 */
export function createMetrics({ db, robotCount }: { db: Db; robotCount: () => number }): {
  contentType: string
  read(): Promise<string>
} {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'wxbot_worker_' })
  registerOwnedRobots(registry, robotCount)
  registerInstallation(
    registry,
    shareReading(() => readGauges(db, { breakerFailures })),
  )
  return {
    contentType: registry.contentType,
    read: async () => `${await registry.metrics()}\n${await counters.metrics()}\n`,
  }
}

function registerOwnedRobots(registry: Registry, robotCount: () => number): void {
  const gauge: Gauge = new Gauge({
    name: 'wxbot_worker_robots',
    help: 'Robots that this worker owns.',
    registers: [registry],
    collect: () => gauge.set(robotCount()),
  })
}

function registerInstallation(registry: Registry, readAll: ReadGauges): void {
  const add = (name: string, help: string, value: (gauges: InstallationGauges) => number) => {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: async () => gauge.set(value(await readAll())),
    })
  }
  const robots: Gauge = new Gauge({
    name: 'wxbot_robots',
    help: 'Robots by connection and state.',
    labelNames: ['connection', 'state'],
    registers: [registry],
    async collect() {
      const gauges = await readAll()
      robots.reset()
      for (const { connection, state, count } of gauges.robots) robots.set({ connection, state }, count)
    },
  })
  const refused: Gauge = new Gauge({
    name: 'wxbot_gateway_callbacks_refused',
    help: 'Callbacks of gateways that changed nothing, by reason, since the installation began.',
    labelNames: ['reason'],
    registers: [registry],
    async collect() {
      for (const { reason, count } of (await readAll()).gatewayRefusals) refused.set({ reason }, count)
    },
  })
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
  add('wxbot_endpoints_paused', 'Callback endpoints that are paused.', ({ endpoints }) => endpoints.paused)
  add('wxbot_endpoints_failing', 'Callback endpoints that keep failing.', ({ endpoints }) => endpoints.failing)
  add('wxbot_workers', 'Workers with a recent heartbeat.', ({ workerCount }) => workerCount)
  add('wxbot_database_bytes', 'Size of the database.', ({ databaseBytes }) => databaseBytes)
}

/** Shares one reading among the gauges of a scrape and among scrapes that follow each other closely. */
function shareReading(read: ReadGauges): ReadGauges {
  let reading: Promise<InstallationGauges> | undefined
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

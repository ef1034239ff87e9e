import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import type { QueueBackend } from '@/lib/queue/backend'
import type { SendOutcome } from '@/worker/wechat/port'
import { registerInstallation } from '@/worker/metrics/register-installation'
import { registerQueue } from '@/worker/metrics/register-queue'

const counters = new Registry()
const registers = [counters]

/** Messages that this process sent to WeChat and that have their final outcome: sent, refused or unknown. */
export const sendsTotal = new Counter({
  name: 'wxbot_sends_total',
  help: 'Messages that this worker sent to WeChat, by their final outcome.',
  labelNames: ['connection', 'outcome'],
  registers,
})

const sendSeconds = new Histogram({
  name: 'wxbot_send_seconds',
  help: 'Duration of the calls of this worker that send a message to WeChat, by their outcome.',
  labelNames: ['connection', 'outcome'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers,
})

/** Measures a call that sends a message, and returns its outcome. */
export async function observeSend(connection: RobotConnection, call: () => Promise<SendOutcome>): Promise<SendOutcome> {
  const stopTimer = sendSeconds.startTimer({ connection })
  const outcome = await call()
  stopTimer({ outcome: outcome.outcome })
  return outcome
}

/** Time and result of each callback attempt of this process. */
export const callbackAttemptSeconds = new Histogram({
  name: 'wxbot_callback_attempt_seconds',
  help: 'Duration of callback attempts of this worker.',
  labelNames: ['result'],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
})

export type MetricsSources = {
  db: Db
  queue: Pick<QueueBackend, 'countJobs' | 'countPoolWaiters'>
  workerId: string
  /** The robots of this worker. */
  robots: { readonly robotCount: number; readSyncAges(): Map<RobotConnection, number> }
}

/**
 * Creates the text of `/metrics` in Prometheus's format: this process (CPU, memory, event loop, counters since its start) and the
 * installation (robots, queues, endpoints), which every worker reports alike.
 */
export function createMetrics({ db, queue, workerId, robots }: MetricsSources): {
  contentType: string
  read(): Promise<string>
} {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'wxbot_worker_' })
  registerRobots(registry, robots)
  registerInstallation(registry, db)
  registerQueue(registry, { queue, workerId })
  return {
    contentType: registry.contentType,
    read: async () => `${await registry.metrics()}\n${await counters.metrics()}\n`,
  }
}

function registerRobots(registry: Registry, robots: MetricsSources['robots']): void {
  const owned: Gauge = new Gauge({
    name: 'wxbot_worker_robots',
    help: 'Robots that this worker owns.',
    registers: [registry],
    collect: () => owned.set(robots.robotCount),
  })
  const syncs: Gauge = new Gauge({
    name: 'wxbot_worker_last_sync_seconds',
    help: 'Time since the service last responded to a poll of a robot of this worker, the longest by connection.',
    labelNames: ['connection'],
    registers: [registry],
    collect() {
      syncs.reset()
      for (const [connection, ageSeconds] of robots.readSyncAges()) syncs.set({ connection }, ageSeconds)
    },
  })
}

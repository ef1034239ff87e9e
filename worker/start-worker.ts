import { embedDueArticles } from '@/lib/actions/embed-articles'
import { connectDatabase } from '@/lib/db/client'
import { parseWake, wakeChannel } from '@/lib/db/notify-owner'
import { openEgressPolicy, openGatewayPolicy } from '@/lib/egress/create-egress-policy'
import type { Env } from '@/lib/env'
import { newId } from '@/lib/id'
import { defaultDays } from '@/lib/installation/retention'
import type { Logger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { claimQueue, workerQueue } from '@/lib/queue/catalog'
import { simulatorOriginOf } from '@/lib/model/simulated-model'
import { openListener } from '@/lib/queue/listen'
import { enqueueWakes } from '@/lib/queue/wake'
import { sealPlainOwnerKeys } from '@/lib/qun/owner-key'
import { createSealer } from '@/lib/secret'
import { openTracing } from '@/lib/tracing/open-tracing'
import { startAlerts } from '@/worker/alerts/start-alerts'
import { runCheck } from '@/worker/connectors/run-check'
import { createRobotPool } from '@/worker/create-robot-pool'
import { startDelivery } from '@/worker/delivery/start-delivery'
import { startHealthServer } from '@/worker/health-server'
import { createMetrics } from '@/worker/metrics/metrics'
import { startRetention } from '@/worker/retention/start-retention'
import { sweep } from '@/worker/robots/sweep'
import { type ConnectionPorts, openPorts } from '@/worker/open-ports'

const maxHeartbeatIntervalMs = 2000
/** A busy machine delays heartbeats, and a lease that expires meanwhile moves its robot. */
const heartbeatsPerLease = 6
const housekeepingIntervalMs = 5000
/** Interval between two searches for robots that a dead or stopped worker left. */
const claimIntervalMs = 1000
/** Interval between two searches for causes of alerts. */
const alertIntervalMs = 15_000
const alertSendIntervalMs = 5000
/** Interval between two searches for articles without a vector. */
const embeddingIntervalMs = 3000

/** Starts a worker: it claims and runs robots and delivers callbacks until `stop`, which releases them in order. */
export async function startWorker(env: Env, log: Logger, ports?: ConnectionPorts): Promise<{ stop(): Promise<void> }> {
  const tracing = await openTracing(env, { serviceName: 'wxbot-worker', log })
  const isPreparing = env.DATABASE_PREPARED === 'on'
  const database = connectDatabase(env.DATABASE_URL, { name: 'wxbot-worker', maxConnections: 20, isPreparing })
  const { db } = database
  const queue = await openQueueBackend({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, log })
  const egress = openEgressPolicy(env)
  const sealer = createSealer(env.ENCRYPTION_KEY)
  const workerId = newId('worker')
  const pool = createRobotPool({
    workerId,
    db,
    queue,
    sealer,
    log,
    egress,
    publicUrl: env.PUBLIC_URL,
    leaseSeconds: env.LEASE_SECONDS,
    maxMediaBytes: env.APPLICATION_MAX_MEDIA_MB * 1_000_000,
    groups: {
      directLimit: env.QUN_DIRECT_LIMIT,
      memberLimit: env.QUN_MEMBER_LIMIT,
      greeting: env.QUN_GREETING,
    },
    simulatorOrigin: simulatorOriginOf(env),
    ports:
      ports ??
      openPorts({
        db,
        sealer,
        wechatOrigin: env.WECHAT_ORIGIN,
        ilinkOrigin: env.ILINK_ORIGIN,
        wecomOrigin: env.WECOM_ORIGIN,
        publicUrl: env.PUBLIC_URL,
        gatewayEgress: openGatewayPolicy(env),
      }),
  })
  const delivery = startDelivery({
    db,
    queue,
    sealer,
    policy: egress,
    scheduleSeconds: env.CALLBACK_SCHEDULE_SECONDS,
    alertUrl: env.ALERT_WEBHOOK_URL ?? null,
    log,
  })
  database.onCommit(enqueueWakes({ queue, log }, delivery.wake))
  const retention = startRetention({ db, queue, log, days: defaultDays(env) })
  const alerts = startAlerts({
    db,
    sealer,
    policy: egress,
    publicUrl: env.PUBLIC_URL,
    log,
    folders: [env.DATA_DIR],
  })
  await sealPlainOwnerKeys(db, { sealer })
  await pool.heartbeat()
  let lastHeartbeatMs = performance.now()
  const health = await startHealthServer({
    port: env.WORKER_PORT,
    host: env.HOST,
    lastHeartbeatMs: () => lastHeartbeatMs,
    metrics: createMetrics({ db, queue, workerId, robots: pool }),
    log,
  })

  const listener = openListener(env.DATABASE_URL)
  const wake = (payload: string) => {
    const { robotId, reason } = parseWake(payload)
    pool.wake(robotId, reason).catch((error: unknown) => log.error({ err: error, robotId }, 'waking a robot failed'))
  }
  await listener.listen(wakeChannel(workerId), wake, () => pool.wakeAll())
  const handlers = {
    wakeRobot: ({ robotId }: { robotId: string }) => pool.wakeOrOffer(robotId),
    testAlertChannel: (job: { channelId: string }) => alerts.sendTest(job),
    checkConnector: (job: { connectorId: string }) => runCheck({ db, env, egress, sealer, log }, job),
  }
  const consumers = [claimQueue, workerQueue(workerId)].map((name) =>
    queue.consume(name, handlers, { concurrency: 20 }),
  )
  const heartbeat = repeat(
    Math.min(maxHeartbeatIntervalMs, (env.LEASE_SECONDS * 1000) / heartbeatsPerLease),
    log,
    async () => {
      await pool.heartbeat()
      lastHeartbeatMs = performance.now()
    },
  )
  const claims = repeat(claimIntervalMs, log, () => pool.claimUnowned())
  const housekeeping = repeat(housekeepingIntervalMs, log, async () => {
    await pool.releaseIdle()
    await pool.handOver()
    await sweep({ db, queue, log })
    await delivery.wakeDueLanes()
    await retention.schedule()
  })
  const closing = new AbortController()
  const model = { db, sealer, egress, simulatorOrigin: simulatorOriginOf(env) }
  const otherLoops = [
    repeat(embeddingIntervalMs, log, async () => void (await embedDueArticles(model, closing.signal))),
    repeat(alertIntervalMs, log, () => alerts.find()),
    repeat(alertSendIntervalMs, log, () => alerts.send()),
  ]

  return {
    async stop() {
      // Order: accept no new work and finish the current, release the worker's queue, close the connections. The pool takes no
      // work once it stops, and hands its robots to other workers at once: closing a consumer may take seconds.
      housekeeping.stop()
      claims.stop()
      for (const loop of otherLoops) loop.stop()
      closing.abort()
      alerts.stop()
      const endings = [...consumers.map((consumer) => consumer.close()), listener.close()]
      await Promise.allSettled([pool.stop(), ...endings, delivery.stop(), retention.stop(), health.stop()])
      heartbeat.stop()
      await queue.remove(workerQueue(workerId))
      await queue.close()
      await database.close()
      await tracing.close()
    },
  }
}

/** Calls `act` repeatedly, with a pause after each call; logs errors. */
function repeat(pauseMs: number, log: Logger, act: () => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout
  let isStopped = false
  async function run(): Promise<void> {
    await act().catch((error: unknown) => log.error({ err: error }, 'periodic work failed'))
    if (!isStopped) timer = setTimeout(() => void run(), pauseMs)
  }
  void run()
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

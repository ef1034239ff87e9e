import { eq } from 'drizzle-orm'
import { connectDatabase } from '@/lib/db/client'
import { workers } from '@/lib/db/schema/session'
import { openEgressPolicy } from '@/lib/egress/open-egress-policy'
import type { Env } from '@/lib/env'
import { newId } from '@/lib/id'
import type { Logger } from '@/lib/logger'
import { openQueueBackend } from '@/lib/queue/backend'
import { claimQueue, workerQueue } from '@/lib/queue/catalog'
import { createSealer } from '@/lib/secret'
import { startDelivery } from './delivery/start-delivery'
import { startHealthServer } from './health-server'
import { startRetention } from './retention/start-retention'
import { Ownership } from './sessions/ownership'
import { sweep } from './sessions/sweep'
import { createWechatPort } from './wechat/open-wechat-port'

const maxBeatMs = 5000
const housekeepingMs = 5000

/** Starts a worker: it takes robots, runs them, delivers callbacks, until `stop`, which gives everything back in order. */
export async function startWorker(env: Env, log: Logger): Promise<{ stop(): Promise<void> }> {
  const database = connectDatabase(env.DATABASE_URL, { maxConnections: 20, name: 'wxbot-worker' })
  const { db } = database
  const queue = await openQueueBackend({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, log })
  const egress = openEgressPolicy(env)
  const sealer = createSealer(env.ENCRYPTION_KEY)
  const workerId = newId('worker')
  const ownership = new Ownership({
    workerId,
    db,
    queue,
    sealer,
    log,
    egress,
    publicUrl: env.PUBLIC_URL,
    leaseSeconds: env.LEASE_SECONDS,
    quns: {
      directLimit: env.QUN_DIRECT_LIMIT,
      memberLimit: env.QUN_MEMBER_LIMIT,
      greeting: env.QUN_GREETING,
    },
    wechat: createWechatPort({ wechatOrigin: env.WECHAT_ORIGIN }),
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
  const days = {
    answers: env.CALLBACK_ANSWER_DAYS,
    events: env.CALLBACK_EVENT_DAYS,
    media: env.MEDIA_DAYS,
    sessionChanges: env.SESSION_CHANGE_DAYS,
  }
  const retention = startRetention({ db, queue, log, days })
  await ownership.beat()
  let lastBeatMs = performance.now()
  const health = await startHealthServer({ port: env.WORKER_PORT, host: env.HOST, lastBeatMs: () => lastBeatMs })

  const handlers = { wakeRobot: ({ robotId }: { robotId: string }) => ownership.wake(robotId) }
  const consumers = [claimQueue, workerQueue(workerId)].map((name) =>
    queue.consume(name, handlers, { concurrency: 20 }),
  )
  const heartbeat = repeat(Math.min(maxBeatMs, (env.LEASE_SECONDS * 1000) / 3), log, async () => {
    await ownership.beat()
    lastBeatMs = performance.now()
  })
  const housekeeping = repeat(housekeepingMs, log, async () => {
    await ownership.tidy()
    await sweep({ db, queue, log })
    await delivery.wakeDueLanes()
    await retention.schedule()
  })

  return {
    async stop() {
      // First nothing new comes in, then what is under way ends; leases go last of all that is ours, the database after them.
      housekeeping.stop()
      await Promise.allSettled(consumers.map((consumer) => consumer.close()))
      await Promise.allSettled([ownership.stop(), delivery.stop(), retention.stop(), health.stop()])
      heartbeat.stop()
      await db.delete(workers).where(eq(workers.id, workerId))
      await queue.remove(workerQueue(workerId))
      await queue.close()
      await database.close()
    },
  }
}

/** Calls `act` again and again, each time so long after the last has ended; an error is logged. */
function repeat(pauseMs: number, log: Logger, act: () => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout
  let isStopped = false
  async function run(): Promise<void> {
    await act().catch((error: unknown) => log.error({ err: error }, 'clockwork'))
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

import { createPostgresBackend, createRedisBackend, type BackendFactory, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { stripValues } from '@/lib/describe-error'
import type { Logger } from '@/lib/logger'
import { jobCatalog, type JobName, type JobPayload } from '@/lib/queue/catalog'
import { requireNoEviction } from '@/lib/queue/require-no-eviction'

export type JobHandlers = { [Name in JobName]?: (payload: JobPayload<Name>) => Promise<void> }

export const jobStates = ['waiting', 'active', 'delayed', 'failed'] as const
export type JobState = (typeof jobStates)[number]

/** A job queue on Postgres or Redis; the catalog defines the jobs and their payloads. */
export type QueueBackend = {
  /** Adds a job unless a job with the same deduplication key is waiting. @throws when the queue is down; the sweep adds it again. */
  add<Name extends JobName>(queueName: string, name: Name, payload: JobPayload<Name>): Promise<void>
  /** Schedules a repeated job, the first time at once. Does nothing if the schedule exists. */
  schedule<Name extends JobName>(
    queueName: string,
    name: Name,
    payload: JobPayload<Name>,
    options: { everyMs: number },
  ): Promise<void>
  /** Runs handlers for the jobs of a queue until `close`, which waits for running handlers. */
  consume(queueName: string, handlers: JobHandlers, options: { concurrency: number }): { close(): Promise<void> }
  /** Removes a queue with all its jobs. */
  remove(queueName: string): Promise<void>
  /** Returns the jobs of a queue by state. @throws when the server of the queue does not respond. */
  countJobs(queueName: string): Promise<Record<JobState, number>>
  /** Returns the statements that wait for a connection of the queue's pool in Postgres; null: the queue is on Redis. */
  countPoolWaiters(): number | null
  /** @throws when the server of the queue does not respond. */
  ping(): Promise<void>
  /** Returns the version of the queue's server; null: not available. */
  readVersion(): Promise<string | null>
  close(): Promise<void>
}

type Connections = {
  factory: BackendFactory
  producer: unknown
  consumer: () => unknown
  ping(): Promise<void>
  readVersion(): Promise<string | null>
  countPoolWaiters(): number | null
  close(): Promise<void>
}

/** Opens the queue on Redis if `redisUrl` is given, otherwise on Postgres, with the same behaviour. */
export async function openQueueBackend(options: {
  databaseUrl: string
  redisUrl?: string | undefined
  log: Logger
}): Promise<QueueBackend> {
  const { log } = options
  const connections = options.redisUrl ? await openRedis(options.redisUrl, log) : openPostgres(options.databaseUrl, log)
  const queues = new Map<string, Queue>()
  const onError = (error: Error) => log.warn({ err: error }, 'queue connection failed')

  function queueOf(name: string): Queue {
    let queue = queues.get(name)
    if (!queue) {
      queue = new Queue(name, { connection: connections.producer as never }, connections.factory as never)
      queue.on('error', onError)
      queues.set(name, queue)
    }
    return queue
  }

  return {
    async add(queueName, name, payload) {
      const id = jobCatalog[name].dedupeKey(payload as never)
      await queueOf(queueName).add(name, payload, {
        deduplication: { id, keepLastIfActive: true },
        removeOnComplete: true,
        removeOnFail: { age: 3600, count: 1000 },
      })
    },
    async schedule(queueName, name, payload, { everyMs }) {
      const queue = queueOf(queueName)
      if (await queue.getJobScheduler(name)) return
      const opts = { removeOnComplete: true, removeOnFail: { count: 10 } }
      await queue.upsertJobScheduler(name, { every: everyMs }, { name, data: payload, opts })
    },
    consume(queueName, handlers, { concurrency }) {
      const worker = new Worker(
        queueName,
        async (job) => {
          const name = job.name as JobName
          const handler = handlers[name] as ((payload: unknown) => Promise<void>) | undefined
          if (!handler) throw new Error(`no handler for ${name} on ${queueName}`)
          // The queue stores the message and stack of a failed job's error.
          await handler(jobCatalog[name].payload.parse(job.data)).catch((error: unknown) => {
            throw stripValues(error)
          })
        },
        { connection: connections.consumer() as never, concurrency, lockDuration: 15_000, stalledInterval: 5_000 },
        connections.factory as never,
      )
      worker.on('error', onError)
      worker.on('failed', (job, error) => log.error({ err: error, job: job?.name, queue: queueName }, 'job failed'))
      return { close: () => worker.close() }
    },
    async remove(queueName) {
      await queueOf(queueName).obliterate({ force: true })
      await queueOf(queueName).close()
      queues.delete(queueName)
    },
    async countJobs(queueName) {
      const counts = await queueOf(queueName).getJobCounts(...jobStates)
      return Object.fromEntries(jobStates.map((state) => [state, counts[state] ?? 0])) as Record<JobState, number>
    },
    countPoolWaiters: () => connections.countPoolWaiters(),
    ping: () => connections.ping(),
    readVersion: () => connections.readVersion(),
    async close() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()))
      await connections.close()
    },
  }
}

function openPostgres(databaseUrl: string, log: Logger): Connections {
  // Our own pool, because the library can create one only where `require` exists. Each consumer holds one client for LISTEN.
  const pool = new Pool({
    connectionString: databaseUrl,
    options: '-c search_path=bullmq',
    application_name: 'wxbot-queue',
    max: 12,
    keepAlive: true,
  })
  pool.setMaxListeners(0) // each queue and each consumer adds a listener
  pool.on('error', (error) => log.warn({ err: error }, 'queue connection failed'))
  return {
    factory: createPostgresBackend as unknown as BackendFactory,
    producer: pool,
    consumer: () => pool,
    ping: async () => void (await pool.query('select 1')),
    countPoolWaiters: () => pool.waitingCount,
    readVersion: async () =>
      (await pool.query<{ server_version: string }>('show server_version')).rows[0]?.server_version ?? null,
    close: () => pool.end(),
  }
}

async function openRedis(redisUrl: string, log: Logger): Promise<Connections> {
  const opened: Redis[] = []
  const open = (options: object) => {
    const redis = new Redis(redisUrl, {
      connectTimeout: 10_000,
      retryStrategy: (times) => Math.min(1000, times * 100),
      ...options,
    })
    redis.on('error', (error) => log.warn({ err: error }, 'redis connection failed'))
    opened.push(redis)
    return redis
  }
  const producer = open({ enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true })
  await producer.connect()
  await requireNoEviction(producer)
  return {
    factory: createRedisBackend,
    producer,
    consumer: () => open({ maxRetriesPerRequest: null }),
    ping: async () => void (await producer.ping()),
    countPoolWaiters: () => null,
    // Hosted servers may forbid INFO.
    readVersion: async () => /^redis_version:(\S+)/m.exec(await producer.info('server').catch(() => ''))?.[1] ?? null,
    close: async () => opened.forEach((redis) => redis.disconnect()),
  }
}

import { createPostgresBackend, createRedisBackend, type BackendFactory, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import type { Logger } from '../logger'
import { jobCatalog, type JobName, type JobPayload } from './catalog'

export type JobHandlers = { [Name in JobName]?: (payload: JobPayload<Name>) => Promise<void> }

/** The queue as the product sees it: jobs of the catalog in, handlers of the catalog out. */
export type QueueBackend = {
  /** Adds a job; one that waits already with the same fold is enough. Throws when the queue is down: the reconciler repeats it. */
  add<Name extends JobName>(queueName: string, name: Name, payload: JobPayload<Name>): Promise<void>
  /** Has a job added again and again, the first time at once; where that is known already nothing changes. */
  schedule<Name extends JobName>(
    queueName: string,
    name: Name,
    payload: JobPayload<Name>,
    options: { everyMs: number },
  ): Promise<void>
  /** Runs handlers for a queue's jobs until `close`; `close` waits for those under way. */
  consume(queueName: string, handlers: JobHandlers, options: { concurrency: number }): { close(): Promise<void> }
  /** Removes a queue with all that waits in it. */
  remove(queueName: string): Promise<void>
  /** @throws when the queue's server does not answer. */
  ping(): Promise<void>
  /** The version of the queue's server; null where it does not tell. */
  readVersion(): Promise<string | null>
  close(): Promise<void>
}

type Connections = {
  factory: BackendFactory
  producer: unknown
  consumer: () => unknown
  ping(): Promise<void>
  readVersion(): Promise<string | null>
  close(): Promise<void>
}

/** Opens the queue on Redis when `redisUrl` is given, else on Postgres; the same behaviour on both. */
export async function openQueueBackend(options: {
  databaseUrl: string
  redisUrl?: string | undefined
  log: Logger
}): Promise<QueueBackend> {
  const { log } = options
  const connections = options.redisUrl ? await openRedis(options.redisUrl, log) : openPostgres(options.databaseUrl, log)
  const queues = new Map<string, Queue>()
  const onError = (error: Error) => log.warn({ err: error }, 'queue connection')

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
      const id = jobCatalog[name].foldBy(payload as never)
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
          await handler(jobCatalog[name].payload.parse(job.data))
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
    ping: () => connections.ping(),
    readVersion: () => connections.readVersion(),
    async close() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()))
      await connections.close()
    },
  }
}

function openPostgres(databaseUrl: string, log: Logger): Connections {
  // A pool of our own, because the library can only make one where `require` exists; each consumer holds one client to LISTEN.
  const pool = new Pool({ connectionString: databaseUrl, options: '-c search_path=bullmq', max: 12, keepAlive: true })
  pool.setMaxListeners(0) // each queue and each consumer adds one of its own
  pool.on('error', (error) => log.warn({ err: error }, 'queue connection'))
  return {
    factory: createPostgresBackend as unknown as BackendFactory,
    producer: pool,
    consumer: () => pool,
    ping: async () => void (await pool.query('select 1')),
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
    redis.on('error', (error) => log.warn({ err: error }, 'redis connection'))
    opened.push(redis)
    return redis
  }
  const producer = open({ enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true })
  await producer.connect()
  await refuseEviction(producer)
  return {
    factory: createRedisBackend,
    producer,
    consumer: () => open({ maxRetriesPerRequest: null }),
    ping: async () => void (await producer.ping()),
    // Hosted servers may forbid INFO.
    readVersion: async () => /^redis_version:(\S+)/m.exec(await producer.info('server').catch(() => ''))?.[1] ?? null,
    close: async () => opened.forEach((redis) => redis.disconnect()),
  }
}

/** A Redis that evicts keys would lose jobs silently; a server that forbids CONFIG is taken at its word. */
async function refuseEviction(redis: Redis): Promise<void> {
  const answer = await redis.config('GET', 'maxmemory-policy').catch(() => null)
  const policy = Array.isArray(answer) ? answer[1] : 'noeviction'
  if (policy !== 'noeviction')
    throw new Error(`REDIS_URL: maxmemory-policy is ${String(policy)}, so Redis may drop jobs; set it to noeviction`)
}

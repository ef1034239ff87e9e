import { Queue } from 'bullmq'
import { makeWorkerUtils } from 'graphile-worker'
import type { BareJob } from '@/bench/bullmq-bare'
import { openDatabase } from '@/bench/callbacks/open-database'
import { openTenants, type Room } from '@/bench/callbacks/open-tenants'
import { openRedisServer } from '@/bench/callbacks/redis-server'
import { startProgram, startWorkerProcess } from '@/bench/callbacks/worker-process'
import { applicationLane } from '@/lib/callback/delivery/lane'

/** Requests at a time of a peer's process. */
const concurrency = 100

/** What delivers callbacks; `fill` stores them, `start` starts one process that delivers them. */
export type CallbackContestant = {
  name: string
  fill(): Promise<void>
  start(): Promise<{ kill(): Promise<void> }>
}

type Load = { origin: string; endpoints: number; rooms: number; callbacks: number }

const startPeer = (program: string, settings: object) => startProgram(program, { ...settings, concurrency })

/** Each peer gets the callbacks in the same order; the rooms of an endpoint follow each other. */
function* listJobs({ origin, endpoints, rooms, callbacks }: Load, run: number): Generator<BareJob> {
  for (let n = 0; n < callbacks; n++) {
    const endpoint = n % endpoints
    const data = { room_id: `room_${endpoint}_${Math.floor(n / endpoints) % rooms}`, content: `第 ${n} 句` }
    const headers = { 'content-type': 'application/json', 'webhook-id': `${run}_${n}`, 'wxbot-sequence': String(n) }
    yield { url: `${origin}/${endpoint}`, body: JSON.stringify({ data }), headers }
  }
}

export async function openCallbackContestants(load: Load) {
  const [database, peerDatabase, redis] = [await openDatabase(), await openDatabase(), await openRedisServer()]
  const tenants = await openTenants({ databaseUrl: database.url, redisUrl: null })
  const applications: { applicationId: string; rooms: Room[] }[] = []
  for (let n = 0; n < load.endpoints; n++)
    applications.push(await tenants.addApplication(`${load.origin}/${n}`, load.rooms))
  const queue = new Queue('callbacks', { connection: { url: redis.url } })
  const utils = await makeWorkerUtils({ connectionString: peerDatabase.url })
  await utils.migrate()
  let run = 0

  const contestants: CallbackContestant[] = [
    {
      name: 'wxbot',
      async fill() {
        const rooms = applications.map(({ rooms: own }) => own.map(({ roomId }) => roomId))
        await tenants.sql`insert into callback_events (id, application_id, lane, type, room_id, data, next_attempt_at)
          select 'evt_' || ${++run}::int || '_' || n, application.id, application.lane, 'send_message',
            application.rooms ->> (n / ${load.endpoints}::int % ${load.rooms}::int),
            jsonb_build_object('room_id', application.rooms ->> (n / ${load.endpoints}::int % ${load.rooms}::int), 'content', '第 ' || n || ' 句'),
            clock_timestamp()
          from generate_series(0, ${load.callbacks}::int - 1) as n
          join (select * from jsonb_to_recordset(${JSON.stringify(
            applications.map(({ applicationId }, place) => ({
              place,
              id: applicationId,
              lane: applicationLane(applicationId),
              rooms: rooms[place] ?? [],
            })),
          )}::text::jsonb) as given (place int, id text, lane text, rooms jsonb)) as application on application.place = n % ${load.endpoints}::int
          order by n`
        await tenants.sql`analyze callback_events`
      },
      start: () =>
        startWorkerProcess({
          databaseUrl: database.url,
          redisUrl: null,
          key: tenants.key,
          scheduleSeconds: [0, 1, 1, 1],
          timeoutMs: 10_000,
        }),
    },
    {
      name: 'BullMQ-bare',
      async fill() {
        const jobs = [...listJobs(load, ++run)].map((data) => ({ name: 'deliver', data }))
        for (let from = 0; from < jobs.length; from += 1000) await queue.addBulk(jobs.slice(from, from + 1000))
      },
      start: () => startPeer('bullmq-bare', { redisUrl: redis.url }),
    },
    {
      name: 'graphile-worker',
      async fill() {
        const jobs = [...listJobs(load, ++run)].map((payload) => ({ identifier: 'deliver', payload }))
        for (let from = 0; from < jobs.length; from += 1000) await utils.addJobs(jobs.slice(from, from + 1000))
      },
      start: () => startPeer('graphile-bare', { databaseUrl: peerDatabase.url }),
    },
  ]
  return {
    contestants,
    /** Waits until the product has recorded the outcome of all callbacks; returns the number of its attempts. */
    async countAttempts(): Promise<number> {
      while ((await tenants.countPending()) > 0) await new Promise((done) => setTimeout(done, 50))
      const [row] = await tenants.sql<{ count: number }[]>`select count(*)::int as count from callback_attempts`
      return row?.count ?? 0
    },
    async close() {
      await Promise.all([queue.close(), utils.release(), tenants.close()])
      await Promise.all([redis.stop(), database.close(), peerDatabase.close()])
    },
  }
}

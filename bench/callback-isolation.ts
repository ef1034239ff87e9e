// Measures how 5 hanging endpoints affect 20 healthy ones: `npx tsx bench/callback-isolation.ts [seconds per phase]`.
// Phases with and without them alternate; each phase has new hanging endpoints, which start without recorded failures.
import { openDatabase } from '@/bench/callbacks/open-database'
import { openEndpoints } from '@/bench/callbacks/open-endpoints'
import { openTenants, type Room } from '@/bench/callbacks/open-tenants'
import { percentile } from '@/bench/callbacks/percentile'
import { startWorkerProcess } from '@/bench/callbacks/worker-process'

const phaseMs = Number(process.argv[2] ?? 15) * 1000
const turns = 3
const ratePerEndpoint = 2

const database = await openDatabase()
const endpoints = await openEndpoints((path) => (path.startsWith('/hangs') ? 'hangs' : 'taken'))
const tenants = await openTenants({ databaseUrl: database.url, redisUrl: null })
const worker = await startWorkerProcess({
  databaseUrl: database.url,
  redisUrl: null,
  key: tenants.key,
  scheduleSeconds: [0, 5, 300, 1800],
  timeoutMs: 10_000,
})

async function addRooms(path: string, count: number): Promise<Room[]> {
  const made = []
  for (let n = 0; n < count; n++) made.push(await tenants.addApplication(`${endpoints.origin}/${path}${n}`, 4))
  return made.flatMap(({ rooms }) => rooms)
}

/** Records messages at an even rate per endpoint; returns the time at which each was stored. */
async function postMessages(rooms: Room[]): Promise<Map<string, number>> {
  const stored = new Map<string, number>()
  const endMs = performance.now() + phaseMs
  const pauseMs = (4 / ratePerEndpoint) * 1000
  await Promise.all(
    rooms.map(async (room) => {
      await pause(Math.random() * pauseMs)
      while (performance.now() < endMs) {
        const beganMs = performance.now()
        const { messageId, storedMs } = await tenants.say(room)
        stored.set(messageId, storedMs)
        await pause(pauseMs - (performance.now() - beganMs))
      }
    }),
  )
  await pause(2000)
  return stored
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

try {
  const healthy = await addRooms('healthy', 20)
  const latencies: Record<'alone' | 'withHanging', number[]> = { alone: [], withHanging: [] }
  await postMessages(healthy.slice(0, 8))
  for (let turn = 0; turn < turns; turn++)
    for (const phase of ['alone', 'withHanging'] as const) {
      const hanging = await addRooms(`hangs-${turn}-${phase}-`, 5)
      const [stored] = await Promise.all([
        postMessages(healthy),
        phase === 'withHanging' ? postMessages(hanging) : null,
      ])
      const ids = await tenants.eventIds()
      for (const [messageId, storedMs] of stored)
        latencies[phase].push((endpoints.arrivals.get(ids.get(messageId) ?? '') ?? Number.POSITIVE_INFINITY) - storedMs)
    }
  for (const [phase, values] of Object.entries(latencies)) {
    const [p50, p99] = [percentile(values, 0.5), percentile(values, 0.99)]
    console.log(`${phase}: ${values.length} events, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
  }
  const ratio = percentile(latencies.withHanging, 0.99) / percentile(latencies.alone, 0.99)
  console.log(`p99 with hanging endpoints / alone: ${ratio.toFixed(2)}`)
} finally {
  await worker.kill()
  endpoints.close()
  await tenants.close()
  await database.close()
}

// Compares the delivery of callbacks with BullMQ and graphile-worker, each with one request per job and one process, in one run:
// `npx tsx bench/peer-callbacks.ts [callbacks] [rounds]`. It fails unless each callback arrives once, and those of wxbot in the order of their
// room. Writes bench/results/peer-callbacks.md.
import { loadavg } from 'node:os'
import { percentile } from '@/bench/callbacks/percentile'
import { openEndpoints } from '@/bench/callbacks/open-endpoints'
import { openCallbackContestants } from '@/bench/peers/callback-contestants'
import { describeValues, writeResults } from '@/bench/peers/write-results'

const callbacks = Number(process.argv[2] ?? 20_000)
const rounds = Number(process.argv[3] ?? 2)
const endpointCount = 100
const roomsPerEndpoint = 4
const arrivalWithinMs = 600_000

const loadBefore = loadavg()[0] ?? 0
const endpoints = await openEndpoints(() => 'taken')
const load = { origin: endpoints.origin, endpoints: endpointCount, rooms: roomsPerEndpoint, callbacks }
const { contestants, countAttempts, close } = await openCallbackContestants(load)
const rates = new Map(contestants.map(({ name }) => [name, [] as number[]]))
const inversions = new Map(contestants.map(({ name }) => [name, 0]))

/** Counts callbacks that arrived after a later one of their room. */
function countInversions(): number {
  const last = new Map<string, number>()
  let count = 0
  for (const { roomId, sequence } of endpoints.history) {
    if (sequence < (last.get(roomId) ?? -1)) count++
    else last.set(roomId, sequence)
  }
  return count
}

let attempts = 0
try {
  for (let round = 0; round < rounds; round++)
    for (const { name, fill, start } of contestants) {
      await fill()
      endpoints.history.length = 0
      endpoints.arrivals.clear()
      const running = await start()
      for (const endMs = performance.now() + arrivalWithinMs; endpoints.arrivals.size < callbacks;) {
        if (performance.now() > endMs) throw new Error(`${name}: ${endpoints.arrivals.size} callbacks arrived`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const times = [...endpoints.arrivals.values()].sort((a, b) => a - b)
      const tookMs = (times.at(-1) ?? 0) - (times[0] ?? 0)
      if (name === 'wxbot') attempts = await countAttempts()
      await running.kill()
      if (endpoints.history.length !== callbacks) throw new Error(`${name}: ${endpoints.history.length} requests`)
      const count = countInversions()
      if (name === 'wxbot' && count > 0) throw new Error(`${count} callbacks arrived after a later one of their room`)
      rates.get(name)?.push(((callbacks - 1) / tookMs) * 1000)
      inversions.set(name, (inversions.get(name) ?? 0) + count)
      console.log(`${name}: ${(tookMs / 1000).toFixed(1)} s, ${count} out of order, load ${loadavg()[0]?.toFixed(1)}`)
    }
  if (attempts !== rounds * callbacks) throw new Error(`${attempts} attempts are recorded`)
} finally {
  endpoints.close()
  await close()
}
const own = percentile(rates.get('wxbot') ?? [], 0.5)
writeResults({
  name: 'peer-callbacks',
  title: 'Delivery of callbacks compared with BullMQ and graphile-worker',
  command: `npx tsx bench/peer-callbacks.ts ${callbacks} ${rounds}`,
  columns: ['', 'callbacks a second', 'wxbot / peer', 'arrived after a later one of their room'],
  rows: [...rates].map(([name, values]) => [
    name,
    describeValues(values),
    name === 'wxbot' ? '' : (own / percentile(values, 0.5)).toFixed(2),
    String(inversions.get(name)),
  ]),
  notes: [
    `${callbacks} stored callbacks for ${endpointCount} endpoints with ${roomsPerEndpoint} rooms each, delivered by one process; ${rounds} rounds of ` +
      'each in turn: the median and the range over the rounds, from the first arrival to the last. Each callback arrived once.',
    'wxbot keeps the order of each room, signs each request, checks the address of each connection and records each attempt, which the test ' +
      'counts. The peers (`bench/bullmq-bare.ts` on Redis, `bench/graphile-bare.ts` on Postgres) make a request with 100 at a time and record nothing.',
  ],
  loadBefore,
})
process.exit()

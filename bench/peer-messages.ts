// Compares sends and events with wechaty and wechat4u alone, in one run on one simulator: `npx tsx bench/peer-messages.ts [robots] [rounds]`.
// Rounds of the two alternate. It fails unless each text arrives once, and those of wxbot in order. Writes bench/results/peer-messages.md.
import { loadavg } from 'node:os'
import { percentile } from '@/bench/callbacks/percentile'
import { type Contestant, openContestants } from '@/bench/peers/message-contestants'
import { describeValues, writeResults } from '@/bench/peers/write-results'

const robotCount = Number(process.argv[2] ?? 20)
const rounds = Number(process.argv[3] ?? 2)
const clientsPerRobot = 4
const sendsPerRobot = 20
const singles = 40
const burst = 500
const arrivalWithinMs = 180_000

const loadBefore = loadavg()[0] ?? 0
const { contestants, arrivals, say, textsIn, close } = await openContestants(robotCount, robotCount * clientsPerRobot)

const figures = new Map<string, Map<string, number[]>>()
function record(what: string, { name }: Contestant, value: number): void {
  const of = figures.get(what) ?? new Map<string, number[]>()
  figures.set(what, of.set(name, [...(of.get(name) ?? []), value]))
}

function expectSame(what: string, actual: readonly string[], expected: readonly string[]): void {
  if (actual.join('\n') !== expected.join('\n'))
    throw new Error(`${what}: ${actual.length} of ${expected.length} texts, or another order`)
}

/** Each client sends one text after another; the texts of a client must stay in order. */
async function measureSends(contestant: Contestant, run: string): Promise<void> {
  const cpuBeforeMs = contestant.cpuMs()
  const beganMs = performance.now()
  const client = async (robot: number, own: number) => {
    for (let n = 0; n < sendsPerRobot / clientsPerRobot; n++) await contestant.send(robot, `${run} ${own} ${n}`)
  }
  const all = Array.from({ length: robotCount * clientsPerRobot }, (_, n) =>
    client(n % robotCount, Math.floor(n / robotCount)),
  )
  await Promise.all(all)
  const tookMs = performance.now() - beganMs
  const total = robotCount * sendsPerRobot
  record('sends a second', contestant, (total / tookMs) * 1000)
  record('CPU per send, ms', contestant, (contestant.cpuMs() - cpuBeforeMs) / total)
  for (const roomId of contestant.roomIds) {
    const texts = (await textsIn(roomId)).filter((text) => text.startsWith(`${run} `))
    for (let own = 0; own < clientsPerRobot; own++) {
      const expected = Array.from({ length: sendsPerRobot / clientsPerRobot }, (_, n) => `${run} ${own} ${n}`)
      expectSame(
        'sends',
        texts.filter((text) => text.startsWith(`${run} ${own} `)),
        expected,
      )
    }
  }
}

async function measureSingleSends(contestant: Contestant, run: string): Promise<void> {
  const took: number[] = []
  for (let n = 0; n < singles; n++) {
    const beganMs = performance.now()
    await contestant.send(0, `${run} ${n}`)
    took.push(performance.now() - beganMs)
  }
  record('single send, p50 ms', contestant, percentile(took, 0.5))
}

async function awaitArrivals(from: number, count: number): Promise<void> {
  for (const endMs = performance.now() + arrivalWithinMs; arrivals.length < from + count;) {
    if (performance.now() > endMs) throw new Error(`${arrivals.length - from} of ${count} events arrived`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** People write in the rooms of the first `count` robots. */
async function measureBurst(contestant: Contestant, run: string, count: number): Promise<void> {
  const from = arrivals.length
  const cpuBeforeMs = contestant.cpuMs()
  const beganMs = performance.now()
  const inRoom = async (robot: number) => {
    for (let n = 0; n < burst / count; n++) await say(contestant.roomIds[robot]!, `${run} ${robot} ${n}`)
  }
  await Promise.all(Array.from({ length: count }, (_, robot) => inRoom(robot)))
  await awaitArrivals(from, burst)
  const tookMs = (arrivals.at(-1)?.atMs ?? 0) - beganMs
  record(`events a second, ${count} ${count === 1 ? 'robot' : 'robots'}`, contestant, (burst / tookMs) * 1000)
  if (count > 1) record('CPU per event, ms', contestant, (contestant.cpuMs() - cpuBeforeMs) / burst)
  const contents = arrivals.slice(from).map(({ content }) => content)
  for (let robot = 0; robot < count; robot++) {
    const expected = Array.from({ length: burst / count }, (_, n) => `${run} ${robot} ${n}`)
    const arrived = contents.filter((text) => text.startsWith(`${run} ${robot} `))
    const inOrder = (texts: string[]) => (contestant.keepsOrder ? texts : texts.toSorted())
    expectSame(`events of ${contestant.name}`, inOrder(arrived), inOrder(expected))
  }
}

async function measureSingleEvents(contestant: Contestant, run: string): Promise<void> {
  const took: number[] = []
  for (let n = 0; n < singles; n++) {
    const from = arrivals.length
    const beganMs = performance.now()
    await say(contestant.roomIds[0]!, `${run} ${n}`)
    await awaitArrivals(from, 1)
    took.push((arrivals.at(-1)?.atMs ?? 0) - beganMs)
  }
  record('single event, p50 ms', contestant, percentile(took, 0.5))
}

try {
  for (const contestant of contestants) for (let n = 0; n < robotCount; n++) await contestant.send(n, 'warm-up')
  for (let round = 0; round < rounds; round++)
    for (const contestant of contestants) {
      await measureSends(contestant, `s${round}`)
      await measureSingleSends(contestant, `t${round}`)
      await measureBurst(contestant, `b${round}`, 1)
      await measureBurst(contestant, `m${round}`, robotCount)
      await measureSingleEvents(contestant, `e${round}`)
    }
} finally {
  await close()
}
const [ours, theirs] = contestants.map(({ name }) => name) as [string, string]
writeResults({
  name: 'peer-messages',
  title: 'Sends and events compared with wechaty alone',
  command: `npx tsx bench/peer-messages.ts ${robotCount} ${rounds}`,
  columns: ['', ours, theirs, 'ratio of the medians'],
  rows: [...figures].map(([what, of]) => {
    const [a, b] = [of.get(ours) ?? [], of.get(theirs) ?? []]
    const ratio = (percentile(a, 0.5) / percentile(b, 0.5)).toFixed(2)
    return [what, describeValues(a, 1), describeValues(b, 1), ratio]
  }),
  notes: [
    `${robotCount} robots, ${clientsPerRobot} clients each; ${rounds} rounds of each in turn: the median and the range over the rounds. ` +
      `${sendsPerRobot * robotCount} sends, bursts of ${burst} events, ${singles} single sends and events a round. Both use one simulator, whose CPU ` +
      'is not counted; that of Postgres is. Each text arrived once; those of wxbot in order within their room, which the peer does not promise.',
    '`wechaty-bare` is wechaty with its puppet wechat4u, one route and one handler (`bench/wechaty-bare.ts`): it stores nothing, retries nothing ' +
      'and loses what it holds when it ends.',
  ],
  loadBefore,
})
process.exit()

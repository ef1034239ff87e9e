// Measures one worker with 1 to 500 robots at the simulator: logins at once compared with direct ones, memory, the event loop under events, and a
// soak: `npx tsx bench/robots.ts [most robots] [soak seconds]`. It fails unless each event is stored once. Writes bench/results/robots.md.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import { openDatabase } from '@/bench/callbacks/open-database'
import { percentile } from '@/bench/callbacks/percentile'
import { describeValues, writeResults } from '@/bench/peers/write-results'
import type { WorkerReport } from '@/bench/robot-worker'
import { openRobots } from '@/bench/robots/open-robots'

const mostRobots = Number(process.argv[2] ?? 500)
const soakSeconds = Number(process.argv[3] ?? 180)
const counts = [1, 50, 200, 500].filter((count) => count <= mostRobots)
const loginsAtOnce = 50
const eventsPerSecond = 50
const roomsPerRobot = 20
const membersPerRoom = 50

const loadBefore = loadavg()[0] ?? 0
const database = await openDatabase()
const simulator = fork(resolve(import.meta.dirname, 'web-client.ts'), { execArgv: ['--import', 'tsx'] })
const [origin] = (await once(simulator, 'message')) as [string]
const robots = await openRobots({ databaseUrl: database.url, origin })
const worker = fork(resolve(import.meta.dirname, 'robot-worker.ts'), {
  execArgv: ['--expose-gc', '--import', 'tsx'],
  env: { PATH: process.env['PATH'], ...robots.workerEnv },
})
worker.once('exit', (code) => process.exit(code ?? 1))
await once(worker, 'message')

async function report(request: 'memory' | 'report'): Promise<WorkerReport> {
  worker.send(request)
  const [response] = (await once(worker, 'message')) as [WorkerReport]
  return response
}

/** Events from people in random rooms at an even rate; returns their number. */
async function sendFor(seconds: number): Promise<number> {
  const beganMs = performance.now()
  let sent = 0
  const sends: Promise<unknown>[] = []
  while (performance.now() - beganMs < seconds * 1000) {
    while (sent < ((performance.now() - beganMs) / 1000) * eventsPerSecond) sends.push(robots.say(sent++))
    await new Promise((done) => setTimeout(done, 10))
  }
  await Promise.all(sends)
  return sent
}

const rows: string[][] = []
const add = (...row: string[]) => {
  rows.push(row)
  console.log(row.join(': '))
}
try {
  const empty = await report('memory')
  const direct: number[] = []
  const through: number[] = []
  let before = empty
  let online = 0
  for (const count of counts) {
    while (online < count) {
      const group = Math.min(loginsAtOnce, count - online)
      const isMeasured = group === loginsAtOnce
      await robots.prepare(group, { roomsPerRobot, membersPerRoom })
      // In turn, so that both meet the same load.
      const directMs = isMeasured && through.length < loginsAtOnce * 3 ? await robots.requestDirectly(loginsAtOnce) : []
      const throughMs = await robots.logIn(group)
      if (directMs.length > 0) {
        direct.push(percentile(directMs, 0.99))
        through.push(percentile(throughMs, 0.99))
      }
      online += group
    }
    const now = await report('memory')
    const first = counts.indexOf(count) === 0
    const per = (key: 'heapMb' | 'rssMb') =>
      ((now[key] - before[key]) / (first ? 1 : count - (counts[counts.indexOf(count) - 1] ?? 0))).toFixed(2)
    add(
      `memory per further robot up to ${count} (the whole process: heap ${now.heapMb.toFixed(0)} MB, RSS ${now.rssMb.toFixed(0)} MB)`,
      `heap ${per('heapMb')} MB, RSS ${per('rssMb')} MB`,
    )
    before = now
  }
  if (through.length > 0) {
    add(`${loginsAtOnce} logins at once, request → QR code, p99 of each group`, `${describeValues(through)} ms`)
    add('the same calls to the simulator by the web client alone', `${describeValues(direct)} ms`)
  }
  await report('report')
  const soakBefore = await report('memory')
  const sent = await sendFor(soakSeconds)
  await robots.untilStored(sent)
  const { seconds } = await report('report')
  const soakAfter = await report('memory')
  const p99 = seconds.map(({ p99Ms }) => p99Ms)
  const worst = Math.max(...seconds.map(({ maxMs }) => maxMs))
  add(
    `event loop of the worker, ${online} robots, ${eventsPerSecond} events a second for ${soakSeconds} s: p99 in the median and the worst second`,
    `${percentile(p99, 0.5).toFixed(0)} ms, ${Math.max(...p99).toFixed(0)} ms (longest delay ${worst.toFixed(0)} ms)`,
  )
  add(
    `soak: ${sent} events, each stored once; heap before → after`,
    `${soakBefore.heapMb.toFixed(0)} → ${soakAfter.heapMb.toFixed(0)} MB`,
  )
} finally {
  worker.removeAllListeners('exit')
  worker.kill()
  await robots.close()
  simulator.disconnect()
  await database.close()
}
writeResults({
  name: 'robots',
  title: 'One worker with up to 500 robots',
  command: `npx tsx bench/robots.ts ${mostRobots} ${soakSeconds}`,
  columns: ['', 'measured'],
  rows,
  notes: [
    `Each robot is in ${roomsPerRobot} rooms with ${membersPerRoom} members. The worker, the simulator and Postgres are processes of their own; ` +
      'memory is read after a collection. The delay of the event loop includes the time in which other processes have the processor.',
  ],
  loadBefore,
})
process.exit()

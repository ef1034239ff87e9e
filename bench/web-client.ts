// Measures the web connection against the simulator in another process: time and CPU of a send by one robot, and memory of further robots.
// `NODE_OPTIONS=--expose-gc npx tsx bench/web-client.ts [sends] [robots]` prints one line of JSON; times depend on the load of the machine.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startSimulator } from '@/simulator/start-simulator'
import { openTestRobot, type TestRobot } from '@/worker/wechat/testing/test-robot'

const file = fileURLToPath(import.meta.url)
if (process.send) {
  const { origin } = await startSimulator({ port: 0, dataFile: null, pollHoldMs: 25_000 })
  process.send(origin)
  process.on('disconnect', () => process.exit())
} else await measure(Number(process.argv[2] ?? 400), Number(process.argv[3] ?? 60))

async function measure(sends: number, robotCount: number): Promise<void> {
  const simulator = fork(file)
  const [origin] = (await once(simulator, 'message')) as [string]
  const robots: TestRobot[] = []
  try {
    const emptyMb = await memoryMb()
    const robot = await logIn(origin, 'wxid_weimi000001')
    robots.push(robot)
    const oneRobotMb = await memoryMb()
    const timing = await measureSends(robot, sends)
    const before = await memoryMb()
    for (let added = 0; added < robotCount; added++) {
      const { wxid } = await control(origin, '/accounts', { nickname: `robot ${added}` })
      robots.push(await logIn(origin, wxid))
    }
    const after = await memoryMb()
    const perRobotMb = { rss: (after.rss - before.rss) / robotCount, heap: (after.heap - before.heap) / robotCount }
    console.log(JSON.stringify({ ...timing, emptyMb, oneRobotMb, perRobotMb }))
  } finally {
    await Promise.all(robots.map(({ connection }) => connection.detach()))
    simulator.kill()
  }
}

async function logIn(origin: string, wxid: string): Promise<TestRobot> {
  const robot = openTestRobot({ origin })
  const { content } = await robot.next('qr_code')
  const code = `/codes/${encodeURIComponent(content.replace(/^.*\/l\//, ''))}`
  await control(origin, `${code}/scan`, { wxid })
  await control(origin, `${code}/confirm`, { wxid })
  await robot.next('rooms', ({ isComplete }) => isComplete)
  // The events of the test robot do not belong to the memory of the connection.
  robot.events.length = 0
  return robot
}

async function measureSends({ connection }: TestRobot, sends: number) {
  const listed = await connection.listRooms()
  const to = listed.outcome === 'listed' ? listed.rooms[0]?.username : undefined
  if (!to) throw new Error('the robot has no room')
  const took: number[] = []
  let cpu = process.cpuUsage()
  for (let sent = -50; sent < sends; sent++) {
    if (sent === 0) cpu = process.cpuUsage()
    const beganMs = performance.now()
    const { outcome } = await connection.sendText(to, `第 ${sent} 条`)
    if (outcome !== 'accepted') throw new Error(`a send was ${outcome}`)
    if (sent >= 0) took.push(performance.now() - beganMs)
  }
  const { user, system } = process.cpuUsage(cpu)
  took.sort((a, b) => a - b)
  const percentileMs = (share: number) => took[Math.ceil(took.length * share) - 1] ?? 0
  return { p50Ms: percentileMs(0.5), p99Ms: percentileMs(0.99), cpuMsPerSend: (user + system) / 1_000 / sends }
}

async function memoryMb(): Promise<{ rss: number; heap: number }> {
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.()
    await setTimeout(200)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss: rss / 1e6, heap: (heapUsed + external) / 1e6 }
}

async function control(origin: string, path: string, body: object): Promise<{ wxid: string }> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${origin}/sim${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`)
  return (await response.json()) as { wxid: string }
}

import { loadavg } from 'node:os'
import { afterEach, expect, it } from 'vitest'
import { percentile } from '@/bench/callbacks/percentile'
import { sleep } from '@/lib/retry'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

/** `ROBOTS=50 npx vitest run bench/failover.test.ts` measures; with few robots it only checks that all come back. */
const robotCount = Number(process.env['ROBOTS'] ?? 4)
const backWithinMs = 60_000

const test = useRobots()
const workers: WorkerProcess[] = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()))
  await test.sql`update sessions set state = 'ended'`
  // A killed worker keeps its leases until they expire, and the next test counts leases.
  await test.sql`update leases set expires_at = clock_timestamp()`
})

async function startWorker(): Promise<WorkerProcess> {
  const settings = { DATABASE_URL: test.databaseUrl, WECHAT: 'simulator', WECHAT_ORIGIN: test.simulatorOrigin }
  const worker = await startWorkerProcess(settings)
  workers.push(worker)
  return worker
}

/** Returns the worker of each robot that has one now. */
async function listOwners(): Promise<Map<string, string>> {
  const rows = await test.sql<{ robot_id: string; worker_id: string }[]>`
    select robot_id, worker_id from leases where worker_id is not null and expires_at > clock_timestamp()`
  return new Map(rows.map(({ robot_id, worker_id }) => [robot_id, worker_id]))
}

/** Starts a worker with all robots online, and a second one without any. */
async function givenRobots() {
  const first = await startWorker()
  for (let n = 0; n < robotCount; n++) {
    const { wxid } = await test.control('/accounts', { nickname: `机器人 ${n}` })
    await test.control('/rooms', { owner: wxid, name: `群 ${n}`, members: ['wxid_wangfang0101', 'wxid_liwei0000102'] })
    await test.logIn(test, await test.givenRobot(), wxid)
  }
  const before = await listOwners()
  expect(before.size).toBe(robotCount)
  await startWorker()
  return { first, before }
}

/** Returns the robots whose session is online again since the change of owner, which their history shows as a reconnection. */
async function listResumed(changeId: number): Promise<string[]> {
  const rows = await test.sql<{ robot_id: string }[]>`
    select distinct robot_id from session_changes where id > ${changeId} and state = 'online'`
  return rows.map(({ robot_id }) => robot_id)
}

/**
 * Watches until every robot has another owner and is online there; returns the milliseconds until both, and those without an owner,
 * per robot.
 */
async function watchTakeover(before: Map<string, string>) {
  const [latest] = await test.sql`select max(id) as id from session_changes`
  const changeId = Number(latest?.['id'])
  const startedMs = performance.now()
  const backMs = new Map<string, number>()
  const onlineMs = new Map<string, number>()
  const aloneSinceMs = new Map<string, number>()
  const gapMs = new Map<string, number>()
  while (onlineMs.size < before.size) {
    const nowMs = performance.now() - startedMs
    if (nowMs > backWithinMs) throw new Error(`${before.size - onlineMs.size} robots are not back`)
    const owners = await listOwners()
    for (const robotId of await listResumed(changeId)) if (!onlineMs.has(robotId)) onlineMs.set(robotId, nowMs)
    for (const [robotId, worker] of before) {
      if (backMs.has(robotId)) continue
      const owner = owners.get(robotId)
      if (!owner) aloneSinceMs.set(robotId, aloneSinceMs.get(robotId) ?? nowMs)
      else if (owner !== worker) {
        backMs.set(robotId, nowMs)
        gapMs.set(robotId, nowMs - (aloneSinceMs.get(robotId) ?? nowMs))
      }
    }
    await sleep(10)
  }
  return { backMs: [...backMs.values()], onlineMs: [...onlineMs.values()], gapMs: [...gapMs.values()] }
}

function report(name: string, valuesMs: number[]): void {
  const [first, median, last] = [0, 0.5, 1].map((share) => (percentile(valuesMs, share) / 1000).toFixed(1))
  console.log(
    `${robotCount} robots, load ${loadavg()[0]?.toFixed(1)}: ${name}: first ${first}, median ${median}, last ${last} s`,
  )
}

it('every robot of a killed worker gets another owner', async () => {
  const { first, before } = await givenRobots()
  await first.kill()
  const { backMs, onlineMs } = await watchTakeover(before)
  report('owned again after SIGKILL', backMs)
  report('online again after SIGKILL', onlineMs)
  expect(backMs).toHaveLength(robotCount)
}, 600_000)

it('every robot of a worker that stops gets another owner', async () => {
  const { first, before } = await givenRobots()
  first.terminate()
  const { backMs, onlineMs, gapMs } = await watchTakeover(before)
  report('owned again after SIGTERM', backMs)
  report('online again after SIGTERM', onlineMs)
  report('without an owner after SIGTERM', gapMs)
  expect(backMs).toHaveLength(robotCount)
}, 600_000)

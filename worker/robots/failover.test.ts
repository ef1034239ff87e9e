import { afterEach, expect, it } from 'vitest'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const workers: WorkerProcess[] = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()))
  await test.sql`update sessions set state = 'ended'`
})

async function startWorker(): Promise<WorkerProcess> {
  const settings = { DATABASE_URL: test.databaseUrl, WECHAT: 'simulator', WECHAT_ORIGIN: test.simulatorOrigin }
  const worker = await startWorkerProcess(settings)
  workers.push(worker)
  return worker
}

/** Starts an online robot at one worker, and a second worker. */
async function givenTwoWorkers() {
  const first = await startWorker()
  const robotId = await test.givenRobot()
  await test.logIn(test, robotId, account)
  const owner = async () => {
    const [lease] = await test.sql`select worker_id, epoch from leases
      where robot_id = ${robotId} and expires_at > clock_timestamp()`
    return lease && { workerId: lease.worker_id as string | null, epoch: Number(lease.epoch) }
  }
  const before = await owner()
  await startWorker()
  const hasNewOwner = async () => {
    const now = await owner()
    return now !== undefined && now.workerId !== null && now.workerId !== before?.workerId
  }
  return { first, hasNewOwner }
}

it('the robot of a killed worker has another owner within the lease and a look at those without one', async () => {
  const { first, hasNewOwner } = await givenTwoWorkers()
  await first.kill()
  await test.until(hasNewOwner, 9_000)
  expect(await hasNewOwner()).toBe(true)
}, 60_000)

it('the robot of a worker that stops has another owner at once', async () => {
  const { first, hasNewOwner } = await givenTwoWorkers()
  const stoppedMs = performance.now()
  first.terminate()
  await test.until(hasNewOwner, 9_000)
  // The lease alone would last 6 seconds.
  expect(performance.now() - stoppedMs).toBeLessThan(4_000)
}, 60_000)

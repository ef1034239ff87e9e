import { afterEach, it } from 'vitest'
import { startWorkerProcess, type WorkerProcess } from '@/worker/testing/start-worker-process'
import { useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const account = 'wxid_weimi000001'
const workers: WorkerProcess[] = []
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill()))
  await test.sql`update sessions set state = 'ended'`
})

async function startWorker(leaseSeconds: number): Promise<WorkerProcess> {
  const settings = {
    DATABASE_URL: test.databaseUrl,
    WECHAT: 'simulator',
    WECHAT_ORIGIN: test.simulatorOrigin,
    LEASE_SECONDS: String(leaseSeconds),
  }
  const worker = await startWorkerProcess(settings)
  workers.push(worker)
  return worker
}

/** Starts an online robot at one worker, and a second worker. */
async function givenTwoWorkers({ leaseSeconds }: { leaseSeconds: number }) {
  const first = await startWorker(leaseSeconds)
  const robotId = await test.givenRobot()
  await test.logIn(test, robotId, account)
  const owner = async () => {
    const [lease] = await test.sql`select worker_id, epoch from leases
      where robot_id = ${robotId} and expires_at > clock_timestamp()`
    return lease && { workerId: lease.worker_id as string | null, epoch: Number(lease.epoch) }
  }
  const before = await owner()
  await startWorker(leaseSeconds)
  const hasNewOwner = async () => {
    const now = await owner()
    return now !== undefined && now.workerId !== null && now.workerId !== before?.workerId
  }
  return { first, hasNewOwner }
}

it('the robot of a killed worker has another owner after the lease', async () => {
  const { first, hasNewOwner } = await givenTwoWorkers({ leaseSeconds: 6 })
  await first.kill()
  await test.until(hasNewOwner)
}, 180_000)

it('the robot of a worker that stops has another owner before the lease ends', async () => {
  const { first, hasNewOwner } = await givenTwoWorkers({ leaseSeconds: 300 })
  first.terminate()
  await test.until(hasNewOwner)
}, 180_000)

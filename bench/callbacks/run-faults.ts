import { checkHistory, type RecordedFailure, type Verdict } from './check-history'
import { openEndpoints } from './open-endpoints'
import { openTenants, type Room } from './open-tenants'
import { startWorkerProcess } from './worker-process'

type Faults = {
  databaseUrl: string
  redisUrl: string | null
  eventCount: number
  /** Ten to an application, each in one room. */
  robotCount: number
  /** Called once when half of the events are told: a fault from outside, such as a flushed Redis. */
  atHalf?: () => Promise<void>
  /** How long to wait for the last event. */
  patienceMs: number
}

/**
 * Tells so many events to endpoints that refuse 15 % of the tries and never answer 2 %, with two workers of which one is
 * killed at a third and one at two thirds of the way, and checks the recorded history.
 */
export async function runFaults(faults: Faults): Promise<Verdict & { tryCount: number; deadCount: number }> {
  const { databaseUrl, redisUrl, eventCount, robotCount } = faults
  const endpoints = await openEndpoints(() =>
    Math.random() < 0.15 ? 'refused' : Math.random() < 0.02 ? 'hangs' : 'taken',
  )
  const tenants = await openTenants({ databaseUrl, redisUrl })
  const scheduleSeconds = [0, 0.1, 0.3, 0.5, 1, 1, 1, 1]
  const settings = { databaseUrl, redisUrl, key: tenants.key, scheduleSeconds, timeoutMs: 1000 }
  const workers = [await startWorkerProcess(settings), await startWorkerProcess(settings)]
  try {
    const rooms: Room[] = []
    for (let n = 0; n < robotCount / 10; n++)
      rooms.push(...(await tenants.addApplication(`${endpoints.origin}/app${n}`, 10)).rooms)

    const telling = tellAll(tenants, rooms, eventCount)
    const isTold = (share: number) => until(() => endpoints.history.length >= eventCount * share, faults.patienceMs)
    const killed = (async () => {
      for (const share of [1 / 3, 2 / 3]) {
        await isTold(share)
        await workers.shift()?.kill()
        workers.push(await startWorkerProcess(settings))
      }
    })()
    const half = faults.atHalf ? isTold(1 / 2).then(faults.atHalf) : null
    await Promise.all([telling, killed, half])
    await until(async () => (await tenants.countPending()) === 0, faults.patienceMs)
    const expected = [...(await tenants.eventIds()).values()]
    const [dead] = await tenants.sql<{ count: number }[]>`
      select count(*)::int as count from callback_events where state = 'dead'`
    // Rounded to the millisecond, as they are recorded.
    const failures = await tenants.sql<RecordedFailure[]>`
      select event_id as id, (extract(epoch from started_at) * 1000 + duration_ms - 1)::float8 as "endedMs"
        from callback_attempts where not is_delivered`
    const verdict = checkHistory(expected, endpoints.history, failures)
    return { ...verdict, tryCount: endpoints.history.length, deadCount: dead?.count ?? 0 }
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()))
    endpoints.close()
    await tenants.close()
  }
}

/** In each room one after another, so that there is an order to keep. */
async function tellAll(tenants: Awaited<ReturnType<typeof openTenants>>, rooms: Room[], eventCount: number) {
  let told = 0
  await Promise.all(
    rooms.map(async (room) => {
      while (told++ < eventCount) await tenants.say(room)
    }),
  )
}

async function until(isSo: () => boolean | Promise<boolean>, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${patienceMs} ms: ${String(isSo)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

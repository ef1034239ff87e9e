import { checkHistory, type RecordedFailure, type Verdict } from '@/bench/callbacks/check-history'
import { openEndpoints } from '@/bench/callbacks/open-endpoints'
import { openTenants, type Room } from '@/bench/callbacks/open-tenants'
import { startWorkerProcess } from '@/bench/callbacks/worker-process'

type Faults = {
  databaseUrl: string
  redisUrl: string | null
  eventCount: number
  /** Robots in total: ten per application, each in one room. */
  robotCount: number
  /** Called once when half of the events are recorded; injects an external fault, such as a flushed Redis. */
  atHalf?: () => Promise<void>
  /** Maximum wait for the last event. */
  timeoutMs: number
}

/**
 * Sends `eventCount` events to endpoints that reject 15 % of the attempts and leave 2 % without a response. Two workers run;
 * one is killed after a third and one after two thirds of the events. Checks the recorded history.
 */
export async function runFaults(faults: Faults): Promise<Verdict & { attemptCount: number; deadCount: number }> {
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

    const emitting = emitAll(tenants, rooms, eventCount)
    const isDelivered = (share: number) => until(() => endpoints.history.length >= eventCount * share, faults.timeoutMs)
    const killed = (async () => {
      for (const share of [1 / 3, 2 / 3]) {
        await isDelivered(share)
        await workers.shift()?.kill()
        workers.push(await startWorkerProcess(settings))
      }
    })()
    const half = faults.atHalf ? isDelivered(1 / 2).then(faults.atHalf) : null
    await Promise.all([emitting, killed, half])
    await until(async () => (await tenants.countPending()) === 0, faults.timeoutMs)
    const expected = [...(await tenants.eventIds()).values()]
    const [dead] = await tenants.sql<{ count: number }[]>`
      select count(*)::int as count from callback_events where state = 'dead'`
    // Subtracts 1 ms, because the recorded times are rounded to the millisecond.
    const failures = await tenants.sql<RecordedFailure[]>`
      select event_id as id, (extract(epoch from started_at) * 1000 + duration_ms - 1)::float8 as "endedMs"
        from callback_attempts where not is_delivered`
    const verdict = checkHistory(expected, endpoints.history, failures)
    return { ...verdict, attemptCount: endpoints.history.length, deadCount: dead?.count ?? 0 }
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()))
    endpoints.close()
    await tenants.close()
  }
}

/** Records the events of each room one after another, so that their order is defined. */
async function emitAll(tenants: Awaited<ReturnType<typeof openTenants>>, rooms: Room[], eventCount: number) {
  let emitted = 0
  await Promise.all(
    rooms.map(async (room) => {
      while (emitted++ < eventCount) await tenants.say(room)
    }),
  )
}

async function until(isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${String(isSo)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

import { availableParallelism, loadavg } from 'node:os'
import type postgres from 'postgres'
import { sleep } from '@/lib/retry'

/** Returns the worker of each robot that has one now. */
export async function listOwners(sql: postgres.Sql): Promise<Map<string, string>> {
  const rows = await sql<{ robotId: string; workerId: string }[]>`
    select robot_id as "robotId", worker_id as "workerId" from leases
      where worker_id is not null and expires_at > clock_timestamp()`
  return new Map(rows.map(({ robotId, workerId }) => [robotId, workerId]))
}

/** Watches the leases until the returned function is called, which returns the longest time without an owner, over all robots. */
export function watchGaps(sql: postgres.Sql, robotIds: readonly string[]): () => Promise<number> {
  let isWatching = true
  let longestMs = 0
  const ownedAtMs = new Map(robotIds.map((robotId) => [robotId, performance.now()]))
  const watching = (async () => {
    while (isWatching) {
      const owners = await listOwners(sql)
      const nowMs = performance.now()
      for (const robotId of robotIds) {
        longestMs = Math.max(longestMs, nowMs - (ownedAtMs.get(robotId) ?? nowMs))
        if (owners.has(robotId)) ownedAtMs.set(robotId, nowMs)
      }
      await sleep(20)
    }
  })()
  return async () => {
    isWatching = false
    await watching
    return longestMs
  }
}

/** Maximum time without a worker for a robot while workers are replaced; longer by as much as this machine has more work than processors. */
export function maxGapMs(): number {
  return 2000 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())
}

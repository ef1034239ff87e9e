import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { wakeChannel } from '@/lib/db/notify-owner'

/** Seconds without a heartbeat after which a worker gets no more robots. */
const liveSeconds = 6

export type WorkerLoad = { workerId: string; robotCount: number }

/** Lists the live workers with the number of robots each owns, those with the fewest first. */
export async function listWorkerLoads(db: Db): Promise<WorkerLoad[]> {
  const rows = await db.execute<WorkerLoad>(sql`
    select worker.id as "workerId", count(lease.robot_id)::int as "robotCount"
      from workers as worker left join leases as lease on lease.worker_id = worker.id and lease.expires_at >= clock_timestamp()
      where worker.heartbeat_at > clock_timestamp() - make_interval(secs => ${liveSeconds})
      group by worker.id order by count(lease.robot_id), worker.id`)
  return [...rows]
}

/** Lists robots with a session that has not ended and without an owner, a maximum of 500, in a fixed order. */
export async function listUnownedRobots(db: Db): Promise<string[]> {
  const rows = await db.execute<{ robotId: string }>(sql`
    select robot_id as "robotId" from sessions where state <> 'ended' and robot_id not in (
      select robot_id from leases where worker_id is not null and expires_at >= clock_timestamp())
      order by robot_id limit 500`)
  return [...rows].map(({ robotId }) => robotId)
}

/**
 * Returns the part of `robotIds` that a worker claims. Workers that search at the same time take different robots: each its place in
 * the list, and fewer the more it owns already.
 */
export function shareOfRobots(robotIds: readonly string[], loads: readonly WorkerLoad[], workerId: string): string[] {
  const owned = loads.reduce((sum, { robotCount }) => sum + robotCount, 0)
  const fair = Math.ceil((owned + robotIds.length) / Math.max(1, loads.length))
  // One place per robot that a worker lacks, in turn, until each robot has its worker.
  const lacking = new Map(loads.map((load) => [load.workerId, Math.max(0, fair - load.robotCount)]))
  const takers: string[] = []
  while (takers.length < robotIds.length) {
    const round = [...lacking].filter(([, count]) => count > 0).map(([id]) => id)
    if (round.length === 0) break
    takers.push(...round)
    for (const id of round) lacking.set(id, (lacking.get(id) ?? 0) - 1)
  }
  const isKnown = loads.some((load) => load.workerId === workerId)
  return robotIds.filter((_, place) => !isKnown || takers[place] === workerId)
}

/** Notifies a worker that it may claim a robot without an owner. */
export async function offerRobot(db: Db, { robotId, workerId }: { robotId: string; workerId: string }): Promise<void> {
  await db.execute(sql`select pg_notify(${wakeChannel(workerId)}, ${`anything ${robotId}`})`)
}

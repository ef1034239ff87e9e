import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { closedLanes, healthRows, isCurrent } from '@/lib/callback/endpoint/gate'

/** Lanes that one measurement reads. */
const maxMeasured = 10_000

/** SQL: `lanes`, those with a pending event after `afterLane`, one index row for each. */
const pendingLanes = (afterLane: string) => sql`
  with recursive lanes as (
    (select lane from callback_events where state = 'pending' and lane > ${afterLane} order by lane limit 1)
    union all
    select next_lane.lane from lanes cross join lateral (
      select lane from callback_events where state = 'pending' and lane > lanes.lane order by lane limit 1) as next_lane
  )`

/** Returns how many lanes have a due event and an open endpoint, and for how long the oldest of these events has been due. */
export async function measureDueLanes(db: Db): Promise<{ count: number; oldestSeconds: number }> {
  const [row] = await db.execute<{ count: number; oldestSeconds: number }>(sql`
    ${pendingLanes('')}
    select count(*)::int as count,
        coalesce(extract(epoch from statement_timestamp() - min(due_at)), 0)::float8 as "oldestSeconds"
      from (select lane from lanes where lane not in (${closedLanes}) limit ${maxMeasured}) as open_lanes
      cross join lateral (
        select min(next_attempt_at) as due_at from callback_events
          where lane = open_lanes.lane and state = 'pending') as head
      where due_at <= statement_timestamp()`)
  return row ?? { count: 0, oldestSeconds: 0 }
}

/** Lists up to `limit` lanes after `afterLane`, in order, that have a due event and an open endpoint. Reads two rows per lane. */
export async function listDueLanes(
  db: Db,
  { afterLane, limit }: { afterLane: string; limit: number },
): Promise<string[]> {
  const rows = await db.execute<{ lane: string }>(sql`
    ${pendingLanes(afterLane)}
    select lane from lanes
      where exists (select 1 from callback_events as event
        where event.lane = lanes.lane and event.state = 'pending'
          and event.next_attempt_at <= (select clock_timestamp()))
        and lane not in (${closedLanes})
      limit ${limit}`)
  return rows.map((row) => row.lane)
}

/**
 * Returns the milliseconds until a lane's next future attempt; null: there is none. Attempts that were already due `sinceMs` ago,
 * at the caller's last claim, do not count, except those of a held endpoint, which are due when the hold ends. A paused endpoint
 * has none.
 */
export async function nextDueInMs(
  db: Db,
  { lane, sinceMs = 0 }: { lane: string; sinceMs?: number },
): Promise<number | null> {
  const [row] = await db.execute<{ waitMs: number | null }>(sql`
    with hold as (
      select endpoint.paused_at, endpoint.held_until from ${healthRows}
        where endpoint.lane = ${lane} and ${isCurrent} and (endpoint.paused_at is not null or endpoint.held_until > clock_timestamp())
    ), ahead as (
      select next_attempt_at from callback_events
        where lane = ${lane} and state = 'pending'
          and next_attempt_at > (select clock_timestamp() - make_interval(secs => ${sinceMs / 1000}))
        order by next_attempt_at limit 1
    )
    select (extract(epoch from case when exists (select from hold)
        then (select held_until from hold where paused_at is null and exists (
          select from callback_events where lane = ${lane} and state = 'pending' limit 1))
        else (select next_attempt_at from ahead) end - clock_timestamp()) * 1000)::float8 as "waitMs"`)
  const waitMs = row?.waitMs ?? null
  return waitMs === null ? null : Math.max(0, waitMs)
}

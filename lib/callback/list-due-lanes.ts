import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { closedLanes } from './endpoint-gate'

/** Lists lanes with something due that may be tried, in order, from the one after `afterLane`; at most `limit`, looking at two rows a lane. */
export async function listDueLanes(
  db: Db,
  { afterLane, limit }: { afterLane: string; limit: number },
): Promise<string[]> {
  const rows = await db.execute<{ lane: string }>(sql`
    with recursive lanes as (
      (select lane from callback_events where state = 'pending' and lane > ${afterLane} order by lane limit 1)
      union all
      select next_lane.lane from lanes cross join lateral (
        select lane from callback_events where state = 'pending' and lane > lanes.lane order by lane limit 1) as next_lane
    )
    select lane from lanes
      where exists (select 1 from callback_events as event
        where event.lane = lanes.lane and event.state = 'pending'
          and event.next_attempt_at <= (select clock_timestamp()))
        and lane not in (${closedLanes})
      limit ${limit}`)
  return rows.map((row) => row.lane)
}

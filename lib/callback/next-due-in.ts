import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'

/**
 * Milliseconds until a lane's next try that lies ahead; null without one. Tries already due are not counted, but for those
 * of an endpoint that is held: they are due when the hold ends. Of a paused one nothing is.
 */
export async function nextDueInMs(db: Db, { lane }: { lane: string }): Promise<number | null> {
  const [row] = await db.execute<{ waitMs: number | null }>(sql`
    with hold as (
      select endpoint.paused_at, endpoint.held_until from callback_endpoints as endpoint
        join applications as application on application.id = endpoint.application_id
        where endpoint.lane = ${lane} and endpoint.url = application.callback_url
          and (endpoint.paused_at is not null or endpoint.held_until > clock_timestamp())
    ), ahead as (
      select next_attempt_at from callback_events
        where lane = ${lane} and state = 'pending' and next_attempt_at > (select clock_timestamp())
        order by next_attempt_at limit 1
    )
    select (extract(epoch from case when exists (select from hold)
        then (select held_until from hold where paused_at is null and exists (
          select from callback_events where lane = ${lane} and state = 'pending' limit 1))
        else (select next_attempt_at from ahead) end - clock_timestamp()) * 1000)::float8 as "waitMs"`)
  const waitMs = row?.waitMs ?? null
  return waitMs === null ? null : Math.max(0, waitMs)
}

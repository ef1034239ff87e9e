import { type SQL, sql } from 'drizzle-orm'

/** Consecutive failures that open the breaker. */
export const breakerFailures = 5

/**
 * SQL: `callback_endpoints as endpoint` with the application and the additional endpoint that it is about, joined so that
 * `isCurrent` can leave out a row for a previous callback URL.
 */
export const healthRows = sql`callback_endpoints as endpoint
    join applications as application on application.id = endpoint.application_id
    left join application_endpoints as additional on additional.id = endpoint.endpoint_id`

/** SQL: whether a row of `healthRows` is about the current callback URL. */
export const isCurrent = sql`(endpoint.url = case when endpoint.endpoint_id is null then application.callback_url else additional.url end)`

/**
 * SQL: how many events a lane's endpoint accepts now, one row: `slots` (0: none, 1: a probe, otherwise `limit`) and
 * `"isProbe"`. Ignores a row for a previous callback URL.
 */
export function endpointGate({ lane, limit }: { lane: string; limit: number }): SQL {
  return sql`
    select case when stands.is_closed then 0 when stands.is_probing then 1 else ${limit}::int end as slots,
        coalesce(stands.is_probing and not stands.is_closed, false) as "isProbe"
      from (select true) as always left join lateral (
        select ${isClosed} as is_closed, endpoint.failure_count >= ${breakerFailures} as is_probing
          from ${healthRows} where endpoint.lane = ${lane} and ${isCurrent}) as stands on true`
}

/** SQL: whether a `callback_endpoints as endpoint` is held or paused. */
const isClosed = sql`(endpoint.paused_at is not null or coalesce(endpoint.held_until > clock_timestamp(), false))`

/** SQL: lanes whose endpoint is held or paused. */
export const closedLanes = sql`
  select endpoint.lane from ${healthRows} where ${isCurrent} and ${isClosed}`

/** SQL: lanes whose endpoint failed last and is not paused; their waiting events are sent after the next success. */
export const failingLanes = sql`(
  select endpoint.lane from ${healthRows} where ${isCurrent} and endpoint.paused_at is null and endpoint.failure_count > 0)`

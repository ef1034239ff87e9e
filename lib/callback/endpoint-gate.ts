import { type SQL, sql } from 'drizzle-orm'

/** So many failures in a row open the breaker. */
export const breakerFailures = 5

/**
 * SQL: what a lane's endpoint lets through now, one row: `slots` (0 = nothing, 1 = a probe, `limit` else) and `"isProbe"`.
 * A row about another address than the application's of now counts for nothing.
 */
export function endpointGate({ lane, limit }: { lane: string; limit: number }): SQL {
  return sql`
    select case when stands.is_closed then 0 when stands.is_probing then 1 else ${limit}::int end as slots,
        coalesce(stands.is_probing and not stands.is_closed, false) as "isProbe"
      from (select true) as always left join lateral (
        select ${isClosed} as is_closed, endpoint.failure_count >= ${breakerFailures} as is_probing
          from callback_endpoints as endpoint join applications as application on application.id = endpoint.application_id
          where endpoint.lane = ${lane} and endpoint.url = application.callback_url) as stands on true`
}

/** SQL: whether a `callback_endpoints as endpoint` lets nothing through. */
const isClosed = sql`(endpoint.paused_at is not null or coalesce(endpoint.held_until > clock_timestamp(), false))`

/** SQL: lanes whose endpoint lets nothing through. */
export const closedLanes = sql`
  select endpoint.lane from callback_endpoints as endpoint
    join applications as application on application.id = endpoint.application_id
    where endpoint.url = application.callback_url and ${isClosed}`

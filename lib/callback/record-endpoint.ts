import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import type { EndpointPauseReason } from '../db/types'
import type { ClaimedEvent } from './claim-events'
import { breakerFailures } from './endpoint-gate'

/** After nothing but failure for so long an endpoint is paused. */
const pauseAfterDays = 5
const maxBreakerSeconds = 300

type Tried = Pick<ClaimedEvent, 'lane' | 'applicationId' | 'callbackUrl' | 'isProbe'>

/** Clears what stands against an endpoint: it took something. A pause stays, an operator has to end it. */
export async function recordEndpointSuccess(db: Db, { lane }: Pick<Tried, 'lane'>): Promise<void> {
  await db.execute(sql`delete from callback_endpoints where lane = ${lane} and paused_at is null`)
}

/**
 * Counts a failed try against its endpoint and holds it: for as long as it asked, or because its breaker opens. That is for
 * `breakerSeconds` first, twice as long after each probe that fails, at most 5 minutes.
 * Returns why the endpoint should be paused now, if it should.
 */
export async function recordEndpointFailure(
  db: Db,
  input: { event: Tried; httpStatus: number | null; askedSeconds: number; breakerSeconds: number },
): Promise<EndpointPauseReason | null> {
  const { event, httpStatus, askedSeconds, breakerSeconds } = input
  const [endpoint] = await db.execute<{ isFailingLong: boolean; isPaused: boolean }>(sql`
    insert into callback_endpoints as known
        (lane, application_id, url, failure_count, failing_since, last_failed_at, held_until)
      values (${event.lane}, ${event.applicationId}, ${event.callbackUrl}, 1, clock_timestamp(), clock_timestamp(),
        case when ${askedSeconds}::float8 > 0 then clock_timestamp() + make_interval(secs => ${askedSeconds}) end)
      on conflict (lane) do update set ${renewed(event, { askedSeconds, breakerSeconds })}
      returning failing_since <= clock_timestamp() - make_interval(days => ${pauseAfterDays}) as "isFailingLong",
        paused_at is not null as "isPaused"`)
  if (!endpoint || endpoint.isPaused) return null
  if (httpStatus === 410) return 'gone'
  return endpoint.isFailingLong ? 'failing' : null
}

/** SQL: a known endpoint's columns after one more failure; those of another address begin anew. */
function renewed(event: Tried, { askedSeconds, breakerSeconds }: { askedSeconds: number; breakerSeconds: number }) {
  const isSame = sql`known.url = excluded.url`
  const isChain = sql`(${isSame} and known.last_failed_at > clock_timestamp() - interval '1 day')`
  const failures = sql`(case when ${isSame} then known.failure_count + 1 else 1 end)`
  const failedProbes = sql`(case when ${isSame} then known.failed_probe_count + ${event.isProbe ? 1 : 0} else 0 end)`
  const breakerEnd = sql`clock_timestamp() + make_interval(
    secs => least(${maxBreakerSeconds}, ${breakerSeconds}::float8 * power(2, least(${failedProbes}, 16))))`
  // While it is held, a try that was under way already makes the hold no longer; a probe's own hold ends with it.
  const standing = sql`(case when ${isSame} and not ${event.isProbe} then known.held_until end)`
  return sql`url = excluded.url,
    failure_count = ${failures},
    failed_probe_count = ${failedProbes},
    failing_since = case when ${isChain} then known.failing_since else excluded.failing_since end,
    last_failed_at = excluded.last_failed_at,
    held_until = greatest(
      case when ${askedSeconds}::float8 > 0 then excluded.held_until end,
      case when ${standing} > clock_timestamp() then ${standing}
        when ${failures} >= ${breakerFailures} then ${breakerEnd} end),
    paused_at = case when ${isSame} then known.paused_at end,
    pause_reason = case when ${isSame} then known.pause_reason end`
}

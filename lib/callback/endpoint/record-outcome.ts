import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { EndpointPauseReason } from '@/lib/db/types'
import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'
import { breakerFailures } from '@/lib/callback/endpoint/gate'

/** Days without a success after which an endpoint is paused. */
const pauseAfterDays = 5
const maxBreakerSeconds = 300

type AttemptedEvent = Pick<ClaimedEvent, 'lane' | 'applicationId' | 'endpointId' | 'callbackUrl' | 'isProbe'>

/** Resets the failure counters of an endpoint after a delivery. A pause stays until an operator resumes the endpoint. */
export async function recordEndpointSuccess(db: Db, { lane }: Pick<AttemptedEvent, 'lane'>): Promise<void> {
  await db.execute(sql`delete from callback_endpoints where lane = ${lane} and paused_at is null`)
}

/**
 * Counts a failed attempt of an endpoint and holds the endpoint: as long as it requested, or because its breaker opens. The
 * breaker holds it for `breakerSeconds` first and twice as long after each failed probe, up to 5 minutes.
 * Returns the number of consecutive failures, and why the endpoint has to be paused now; null: no pause. Does nothing for an
 * additional endpoint that was removed meanwhile.
 */
export async function recordEndpointFailure(
  db: Db,
  input: { event: AttemptedEvent; httpStatus: number | null; retryAfterSeconds: number; breakerSeconds: number },
): Promise<{ failureCount: number; pauseReason: EndpointPauseReason | null }> {
  const { event, httpStatus, retryAfterSeconds, breakerSeconds } = input
  const [endpoint] = await db.execute<{ failureCount: number; isFailingLong: boolean; isPaused: boolean }>(sql`
    insert into callback_endpoints as known
        (lane, application_id, endpoint_id, url, failure_count, failing_since, last_failed_at, held_until)
      select ${event.lane}, ${event.applicationId}, ${event.endpointId}::text, ${event.callbackUrl}, 1,
          clock_timestamp(), clock_timestamp(),
          case when ${retryAfterSeconds}::float8 > 0 then clock_timestamp() + make_interval(secs => ${retryAfterSeconds}) end
        where ${event.endpointId}::text is null or exists (select from application_endpoints where id = ${event.endpointId}::text)
      on conflict (lane) do update set ${columnsAfterFailure(event, { retryAfterSeconds, breakerSeconds })}
      returning failure_count as "failureCount",
        failing_since <= clock_timestamp() - make_interval(days => ${pauseAfterDays}) as "isFailingLong",
        paused_at is not null as "isPaused"`)
  const { failureCount = 0, isFailingLong = false, isPaused = true } = endpoint ?? {}
  if (isPaused) return { failureCount, pauseReason: null }
  return { failureCount, pauseReason: httpStatus === 410 ? 'gone' : isFailingLong ? 'failing' : null }
}

/** SQL: an endpoint's columns after one more failure. The counters of a previous URL start again. */
function columnsAfterFailure(
  event: AttemptedEvent,
  { retryAfterSeconds, breakerSeconds }: { retryAfterSeconds: number; breakerSeconds: number },
) {
  const isSame = sql`known.url = excluded.url`
  const isChain = sql`(${isSame} and known.last_failed_at > clock_timestamp() - interval '1 day')`
  const failures = sql`(case when ${isSame} then known.failure_count + 1 else 1 end)`
  const failedProbes = sql`(case when ${isSame} then known.failed_probe_count + ${event.isProbe ? 1 : 0} else 0 end)`
  const breakerEnd = sql`clock_timestamp() + make_interval(
    secs => least(${maxBreakerSeconds}, ${breakerSeconds}::float8 * power(2, least(${failedProbes}, 16))))`
  // An attempt that began before the hold does not extend it; a probe's hold ends with the probe.
  const currentHold = sql`(case when ${isSame} and not ${event.isProbe} then known.held_until end)`
  return sql`url = excluded.url,
    failure_count = ${failures},
    failed_probe_count = ${failedProbes},
    failing_since = case when ${isChain} then known.failing_since else excluded.failing_since end,
    last_failed_at = excluded.last_failed_at,
    held_until = greatest(
      case when ${retryAfterSeconds}::float8 > 0 then excluded.held_until end,
      case when ${currentHold} > clock_timestamp() then ${currentHold}
        when ${failures} >= ${breakerFailures} then ${breakerEnd} end),
    paused_at = case when ${isSame} then known.paused_at end,
    pause_reason = case when ${isSame} then known.pause_reason end`
}

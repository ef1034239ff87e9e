import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { CallbackEventType } from '@/lib/db/types'
import { endpointGate } from '@/lib/callback/endpoint/gate'

/** An event to attempt now, with the current settings of its application and endpoint. */
export type ClaimedEvent = {
  id: string
  sequence: number
  lane: string
  type: CallbackEventType
  loginUrl: string | null
  data: Record<string, unknown>
  attemptCount: number
  /** W3C `traceparent` of what caused it; null: not traced. */
  traceParent: string | null
  /** Identifies the claim when the attempt is recorded. */
  claim: string
  applicationId: string
  isApplicationDisabled: boolean
  /** The additional endpoint that receives it; null: the default endpoint, or the login URL. */
  endpointId: string | null
  /** null: the application has no callback URL, or the additional endpoint was removed. */
  callbackUrl: string | null
  /** Sealed JSON with the request headers of an additional endpoint; null: none. */
  headersSealed: string | null
  /** Secret of the additional endpoint or of the application; null: the additional endpoint was removed. */
  signingSecretSealed: string | null
  /** Signs in addition to the current secret; null: its overlap has ended. */
  previousSigningSecretSealed: string | null
  callbackTokenSealed: string
  /** Whether this attempt tests if a failing endpoint works again. */
  isProbe: boolean
  /** Whether the endpoint has failure counters, which a success resets. */
  isEndpointFailing: boolean
}

/** Events that a claim reads in the order in which they are due, before it reads each room. */
export const maxFirstDue = 100

/**
 * Claims up to `limit` due events of a lane for `claimSeconds`. No other worker gets them meanwhile; a claim without a
 * recorded attempt expires. Within a room only the first event that has not failed twice can be due (order within a room, A12).
 * Claims nothing for an endpoint that is held or paused, and one event, the probe, after its breaker was open.
 * The cost does not depend on the backlog: it reads the events that are due first, and one event per room only if those all wait for
 * another event of their room.
 */
export async function claimEvents(
  db: Db,
  { lane, limit, claimSeconds }: { lane: string; limit: number; claimSeconds: number },
): Promise<ClaimedEvent[]> {
  // `(select clock_timestamp())` is evaluated once; the bare function is evaluated per row and prevents the use of an index.
  const rows = await db.execute<ClaimedEvent>(sql`
    with recursive gate as materialized (${endpointGate({ lane, limit })}
    ), first_due as materialized (
      select id, room_id, sequence, attempt_count, next_attempt_at from callback_events
        where (select slots from gate) > 0 and lane = ${lane} and state = 'pending' and next_attempt_at <= (select clock_timestamp())
        order by next_attempt_at limit ${maxFirstDue}
    ), ready as materialized (
      select id, next_attempt_at, sequence from first_due
        where room_id is null or attempt_count >= 2 or not exists (select from callback_events as earlier
          where earlier.lane = ${lane} and earlier.state = 'pending' and earlier.attempt_count < 2
            and earlier.room_id = first_due.room_id and earlier.sequence < first_due.sequence)
    ), scan as (
      select (select count(*) from first_due) = ${maxFirstDue} and (select count(*) from ready) < ${limit} as is_needed
    ), heads as (
      (select id, room_id, sequence, next_attempt_at from callback_events
        where (select is_needed from scan) and lane = ${lane} and state = 'pending' and attempt_count < 2 and room_id is not null
        order by room_id, sequence limit 1)
      union all
      select next_head.* from heads cross join lateral (
        select id, room_id, sequence, next_attempt_at from callback_events
          where lane = ${lane} and state = 'pending' and attempt_count < 2 and room_id > heads.room_id
          order by room_id, sequence limit 1) as next_head
    ), free as (
      select id, next_attempt_at, sequence from callback_events
        where (select is_needed from scan) and lane = ${lane} and state = 'pending' and (attempt_count >= 2 or room_id is null)
          and next_attempt_at <= (select clock_timestamp())
        order by next_attempt_at limit ${limit}
    ), due as (
      select id, next_attempt_at, sequence from ready
      union select id, next_attempt_at, sequence from heads where next_attempt_at <= (select clock_timestamp())
      union select id, next_attempt_at, sequence from free
      order by next_attempt_at, sequence limit ${limit}
    ), locked as (
      select id from callback_events
        where id in (select id from due) and state = 'pending' and next_attempt_at <= (select clock_timestamp())
        order by next_attempt_at, sequence limit (select slots from gate)
        for update skip locked
    ), claimed as (
      update callback_events as event
        set next_attempt_at = clock_timestamp() + make_interval(secs => ${claimSeconds})
        from locked where event.id = locked.id
        returning event.*
    ), probing as (
      update callback_endpoints set held_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
        where lane = ${lane} and (select "isProbe" from gate) and exists (select from claimed)
    )
    select claimed.id, claimed.sequence::float8, claimed.lane, claimed.type, claimed.login_url as "loginUrl", claimed.data,
        claimed.trace_parent as "traceParent", claimed.attempt_count as "attemptCount", claimed.next_attempt_at::text as claim,
        application.id as "applicationId", application.disabled_at is not null as "isApplicationDisabled",
        claimed.endpoint_id as "endpointId", additional.headers_sealed as "headersSealed",
        case when claimed.endpoint_id is null then application.callback_url else additional.url end as "callbackUrl",
        case when claimed.endpoint_id is null then application.signing_secret_sealed else additional.signing_secret_sealed
          end as "signingSecretSealed",
        case when application.callback_token_switches_at <= clock_timestamp() then application.next_callback_token_sealed
          else application.callback_token_sealed end as "callbackTokenSealed",
        case when claimed.endpoint_id is null and application.previous_signing_ends_at > clock_timestamp()
            then application.previous_signing_secret_sealed
          when additional.previous_signing_ends_at > clock_timestamp() then additional.previous_signing_secret_sealed
          end as "previousSigningSecretSealed",
        (select "isProbe" from gate) as "isProbe",
        exists (select from callback_endpoints as endpoint where endpoint.lane = claimed.lane) as "isEndpointFailing"
      from claimed join applications as application on application.id = claimed.application_id
        left join application_endpoints as additional on additional.id = claimed.endpoint_id
      order by claimed.sequence`)
  return [...rows]
}

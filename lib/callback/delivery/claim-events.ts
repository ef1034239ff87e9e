import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import type { CallbackEventType } from '@/lib/db/types'
import { endpointGate } from '@/lib/callback/endpoint/gate'

/** An event to attempt now, with the current settings of its application. */
export type ClaimedEvent = {
  id: string
  sequence: number
  lane: string
  type: CallbackEventType
  loginUrl: string | null
  data: Record<string, unknown>
  attemptCount: number
  /** Identifies the claim when the attempt is recorded. */
  claim: string
  applicationId: string
  isApplicationDisabled: boolean
  callbackUrl: string | null
  signingSecretSealed: string
  /** Signs in addition to the current secret; null: its overlap has ended. */
  previousSigningSecretSealed: string | null
  callbackTokenSealed: string
  /** Whether this attempt tests if a failing endpoint works again. */
  isProbe: boolean
  /** Whether the endpoint has failure counters, which a success resets. */
  isEndpointFailing: boolean
}

/**
 * Claims up to `limit` due events of a lane for `claimSeconds`. No other worker gets them meanwhile; a claim without a
 * recorded attempt expires. Within a room only the first event that has not failed twice can be due (order within a room, A12).
 * Claims nothing for an endpoint that is held or paused, and one event, the probe, after its breaker was open.
 * The cost does not depend on the backlog: it reads one event per room and the events due now.
 */
export async function claimEvents(
  db: Db,
  { lane, limit, claimSeconds }: { lane: string; limit: number; claimSeconds: number },
): Promise<ClaimedEvent[]> {
  // `(select clock_timestamp())` is evaluated once; the bare function is evaluated per row and prevents the use of an index.
  const rows = await db.execute<ClaimedEvent>(sql`
    with recursive gate as materialized (${endpointGate({ lane, limit })}
    ), heads as (
      (select id, room_id, sequence, next_attempt_at from callback_events
        where (select slots from gate) > 0 and lane = ${lane} and state = 'pending' and attempt_count < 2 and room_id is not null
        order by room_id, sequence limit 1)
      union all
      select next_head.* from heads cross join lateral (
        select id, room_id, sequence, next_attempt_at from callback_events
          where lane = ${lane} and state = 'pending' and attempt_count < 2 and room_id > heads.room_id
          order by room_id, sequence limit 1) as next_head
    ), free as (
      select id, next_attempt_at, sequence from callback_events
        where (select slots from gate) > 0 and lane = ${lane} and state = 'pending' and (attempt_count >= 2 or room_id is null)
          and next_attempt_at <= (select clock_timestamp())
        order by next_attempt_at limit ${limit}
    ), due as (
      select id, next_attempt_at, sequence from heads where next_attempt_at <= (select clock_timestamp())
      union all select id, next_attempt_at, sequence from free
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
        claimed.attempt_count as "attemptCount", claimed.next_attempt_at::text as claim,
        application.id as "applicationId", application.disabled_at is not null as "isApplicationDisabled",
        application.callback_url as "callbackUrl", application.signing_secret_sealed as "signingSecretSealed",
        case when application.callback_token_switches_at <= clock_timestamp() then application.next_callback_token_sealed
          else application.callback_token_sealed end as "callbackTokenSealed",
        case when application.previous_signing_ends_at > clock_timestamp()
          then application.previous_signing_secret_sealed end as "previousSigningSecretSealed",
        (select "isProbe" from gate) as "isProbe",
        exists (select from callback_endpoints as endpoint where endpoint.lane = claimed.lane) as "isEndpointFailing"
      from claimed join applications as application on application.id = claimed.application_id
      order by claimed.sequence`)
  return [...rows]
}

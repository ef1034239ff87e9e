import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { newId } from '../id'
import type { ClaimedEvent } from './claim-events'

/** How one try went. */
export type Attempt = {
  startedAt: Date
  durationMs: number
  isDelivered: boolean
  /** null = no answer. */
  httpStatus: number | null
  answerExcerpt: string
  /** In plain words; "" when delivered. */
  error: string
  /** How long the endpoint asked to be left alone (Retry-After); 0 = it did not. */
  askedSeconds: number
}

/**
 * Records a try and what follows: delivered, tried again after `retryAfterSeconds`, or dead when that is null.
 * A claim that ran out (a frozen worker's) still leaves its record, and a delivery counts all the same;
 * a failure then changes nothing, because somebody else is trying.
 */
export async function recordAttempt(
  db: Db,
  input: { event: Pick<ClaimedEvent, 'id' | 'claim'>; attempt: Attempt; retryAfterSeconds: number | null },
): Promise<void> {
  const { event, attempt, retryAfterSeconds } = input
  const state = attempt.isDelivered ? 'delivered' : retryAfterSeconds === null ? 'dead' : 'pending'
  await db.execute(sql`
    with recorded as (
      insert into callback_attempts
          (id, event_id, number, started_at, duration_ms, is_delivered, http_status, answer_excerpt, error)
        select ${newId('callbackAttempt')}, event.id,
            1 + coalesce((select max(number) from callback_attempts where event_id = event.id), 0),
            ${attempt.startedAt.toISOString()}::timestamptz, ${attempt.durationMs}, ${attempt.isDelivered},
            ${attempt.httpStatus}::int, ${attempt.answerExcerpt}, ${attempt.error}
          from callback_events as event where event.id = ${event.id}
    )
    update callback_events
      set state = ${state}::callback_state, attempt_count = attempt_count + 1,
          next_attempt_at = clock_timestamp() + make_interval(secs => ${retryAfterSeconds ?? 0}),
          finished_at = case when ${state} = 'pending' then null else clock_timestamp() end
      where id = ${event.id} and state = 'pending'
        and (${attempt.isDelivered} or next_attempt_at = ${event.claim}::timestamptz)`)
}

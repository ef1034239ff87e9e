import { sql } from 'drizzle-orm'
import { storableParams } from '@/lib/db/reason-columns'
import type { Sentence } from '@/lib/sentence'
import type { Db } from '@/lib/db/client'
import { newId } from '@/lib/id'
import type { CallbackReply } from '@/lib/db/types'
import { callbackReplySeconds } from '@/lib/callback/delivery/callback-reply'
import { stripUnstorable } from '@/lib/callback/strip-unstorable'
import type { ClaimedEvent } from '@/lib/callback/delivery/claim-events'

/** The outcome of one attempt. */
export type Attempt = {
  startedAt: Date
  durationMs: number
  isDelivered: boolean
  /** null: no response. */
  httpStatus: number | null
  responseExcerpt: string
  /** The reason in Chinese; "" when delivered. */
  error: string
  /** `error` as a reason with its values; null when delivered. */
  sentence: Sentence | null
  /** The delay that the endpoint requested (Retry-After); 0: none. */
  retryAfterSeconds: number
  /** What the response says about the message of its event; absent: not delivered, or not about a message. */
  reply?: CallbackReply
}

export type AttemptRecord = {
  /** Given when the attempt may be recorded again after a failure: it is then recorded once. */
  attemptId?: string
  event: Pick<ClaimedEvent, 'id' | 'claim'>
  attempt: Attempt
  /** null: no more attempts. */
  retryAfterSeconds: number | null
}

/**
 * Records an attempt and the next state of its event: delivered, due again after `retryAfterSeconds`, or dead if that is
 * null. An attempt whose claim has expired (a frozen worker's) is recorded too: its success counts, its failure changes
 * nothing, because another worker attempts the event. A reply in the response of a new message's event, not of its replay, is stored
 * for the robot that decides about it, whose id is returned; null: no robot waits for it.
 */
export async function recordAttempt(db: Db, record: AttemptRecord): Promise<{ robotId: string | null }> {
  const robotIds = await recordAttempts(db, [record])
  return { robotId: robotIds.get(record.event.id) ?? null }
}

/**
 * Records attempts of different events like `recordAttempt`, in one statement: all or none. Returns the robots that have a reply to
 * decide about, by event.
 */
export async function recordAttempts(db: Db, records: readonly AttemptRecord[]): Promise<Map<string, string>> {
  const replies = await db.execute<{ eventId: string; robotId: string }>(sql`
    with attempt as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(records.map(toRow))}::jsonb) as attempt
        (id text, event_id text, claim text, started_at timestamptz, duration_ms int, is_delivered boolean,
          http_status int, response_excerpt text, error text, error_reason text, error_params jsonb, state callback_state,
          retry_after_seconds float8, reply jsonb)
    ), recorded as (
      insert into callback_attempts
          (id, event_id, number, started_at, duration_ms, is_delivered, http_status, response_excerpt, error,
            error_reason, error_params)
        select attempt.id, event.id,
            1 + coalesce((select max(number) from callback_attempts where event_id = event.id), 0),
            attempt.started_at, attempt.duration_ms, attempt.is_delivered, attempt.http_status, attempt.response_excerpt,
            attempt.error, attempt.error_reason, attempt.error_params
          from attempt join callback_events as event on event.id = attempt.event_id
        on conflict (id) do nothing
    ), updated as (
      update callback_events as event
        set state = attempt.state, attempt_count = event.attempt_count + 1,
            next_attempt_at = clock_timestamp() + make_interval(secs => attempt.retry_after_seconds),
            finished_at = case when attempt.state = 'pending' then null else clock_timestamp() end
        from attempt where event.id = attempt.event_id and event.state = 'pending'
          and (attempt.is_delivered or event.next_attempt_at = nullif(attempt.claim, '')::timestamptz)
    )
    update reply_decisions as decision set callback_reply = attempt.reply, due_at = clock_timestamp()
      from attempt join callback_events as event on event.id = attempt.event_id
      where attempt.reply is not null and event.replay_id is null and decision.callback_event_id = attempt.event_id
        and decision.state in ('due', 'callback') and decision.callback_reply is null
        and decision.created_at > clock_timestamp() - make_interval(secs => ${callbackReplySeconds})
      returning decision.callback_event_id as "eventId", decision.robot_id as "robotId"`)
  return new Map(replies.map(({ eventId, robotId }) => [eventId, robotId]))
}

function toRow({ attemptId, event, attempt, retryAfterSeconds }: AttemptRecord) {
  return {
    id: attemptId ?? newId('callbackAttempt'),
    event_id: event.id,
    claim: event.claim,
    started_at: attempt.startedAt.toISOString(),
    duration_ms: attempt.durationMs,
    is_delivered: attempt.isDelivered,
    http_status: attempt.httpStatus,
    response_excerpt: stripUnstorable(attempt.responseExcerpt),
    error: stripUnstorable(attempt.error),
    error_reason: attempt.sentence?.reason ?? null,
    error_params: attempt.sentence && storableParams(attempt.sentence),
    state: attempt.isDelivered ? 'delivered' : retryAfterSeconds === null ? 'dead' : 'pending',
    retry_after_seconds: retryAfterSeconds ?? 0,
    reply: attempt.reply ?? null,
  }
}
